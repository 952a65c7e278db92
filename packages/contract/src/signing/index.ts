export * from "../manifest/signature.ts";
export * from "./canonical-json.ts";
export * from "./key-ring.ts";
export * from "./keys.ts";
export * from "./message-signature.ts";
export * from "./proof.ts";
export * from "./statements.ts";
export * from "./verify-receipt.ts";
