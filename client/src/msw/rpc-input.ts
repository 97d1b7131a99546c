/** The input of a call by name: one JSON object, or a form where it holds files. */
export async function readRpcInput(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get("content-type") ?? "";
  return /^(?:multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)
    ? readForm(await request.formData())
    : (JSON.parse((await request.text()) || "{}") as Record<string, unknown>);
}

/** The fields of a form; several of one name are a list. */
export function readForm(form: FormData): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    input[name] = values.length > 1 ? values : values[0];
  }
  return input;
}
