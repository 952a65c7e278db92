import { join } from "node:path";

/** Where a local consortium keeps its files; node, dashboard and CLI are told these paths. */
export interface ConsortiumFiles {
  readonly folder: string;
  /** The resolved manifest: addresses, public keys, the members' signatures. */
  readonly manifest: string;
  /** 0600: address and token of the control interface, while the consortium runs. */
  readonly control: string;
  /** Folder of the claims that tell who runs the consortium now. */
  readonly claims: string;
  /** Folder of the authority that vouches for the banks' certificates, where they speak mutual TLS. */
  readonly authority: string;
  readonly postgres: string;
  readonly dashboard: string;
  bank(id: string): BankFiles;
}

export interface BankFiles {
  readonly folder: string;
  /** 0600, PEM. */
  readonly privateKey: string;
  /** 0600: encrypts the second factors of the bank's staff. */
  readonly signInSecret: string;
  /** 0600: passwords and authenticator secrets of the invented members of staff. */
  readonly staff: string;
  /** 0600: passwords of the bank's two database roles. */
  readonly databasePasswords: string;
  /** 0600: how to reach the bank's database, of the last start. */
  readonly databaseUrls: string;
  /** There while the bank's database is a restored one that it has not started from yet. */
  readonly restored: string;
  readonly tlsCertificate: string;
  /** 0600, PEM. */
  readonly tlsKey: string;
  /** 0600: what the Lab asks of the bank's process, and beside it what came of it. */
  readonly lab: string;
}

export function consortiumFiles(folder: string): ConsortiumFiles {
  return {
    folder,
    manifest: join(folder, "manifest.json"),
    control: join(folder, "control.json"),
    claims: join(folder, "claims"),
    authority: join(folder, "authority"),
    postgres: join(folder, "postgres"),
    dashboard: join(folder, "dashboard"),
    bank: (id) => ({
      folder: join(folder, id),
      privateKey: join(folder, id, "private-key.pem"),
      signInSecret: join(folder, id, "sign-in-secret"),
      staff: join(folder, id, "staff.json"),
      databasePasswords: join(folder, id, "database-passwords.json"),
      databaseUrls: join(folder, id, "database-urls.json"),
      restored: join(folder, id, "restored"),
      tlsCertificate: join(folder, id, "tls-certificate.pem"),
      tlsKey: join(folder, id, "tls-key.pem"),
      lab: join(folder, id, "lab.json"),
    }),
  };
}
