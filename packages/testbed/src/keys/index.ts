export { readOrMakeAuthority } from "./bank-certificates.ts";
export { issueCertificate, writeSecretPem } from "./certificates.ts";
export { rotateKey } from "./rotate-key.ts";
