wrk.method = "POST"
wrk.headers["content-type"] = os.getenv("CONTENT_TYPE")
local file = io.open(os.getenv("BODY_FILE"), "rb")
wrk.body = file:read("*a")
file:close()
