import { procedure } from "@tenon/core";

procedure.errors({ GONE: { status: 410 } }).mapError(TypeError, (error, errors) => errors.LOST(error));
