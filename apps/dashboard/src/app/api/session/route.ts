import { readSession } from "../../../banks/session-api.ts";

export { readSession as GET };
