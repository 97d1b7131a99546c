import { procedure, security } from "@tenon/core";

const token = security.oauth2({ flows: { password: { tokenUrl: "/token" } }, scopes: { me: "You" } });
procedure.use({ token }).scopes("items");
