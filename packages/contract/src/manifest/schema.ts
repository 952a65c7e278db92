import { z } from "zod";
import { amountCentavos, bankId, freeText, instant } from "../scalars.ts";

/** Roles of staff; each procedure of a node names those that it admits. */
export const staffRoles = ["teller", "supervisor", "auditor", "operator", "user-admin"] as const;

/** A bank as many as the protocol's bounds allow; more need a wider descriptor first. */
export const MEMBERS_MAX = 64;

const rawEd25519 = z.string().regex(/^[A-Za-z0-9_-]{43}$/, {
  error: "expected 32 bytes of an Ed25519 public key in base64url (43 characters)",
});

const ed25519Signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/, {
  error: "expected 64 bytes of an Ed25519 signature in base64url (86 characters)",
});

export const keyId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, {
  error: "expected a key id of 8 to 64 letters, digits, - or _",
});

/** Past keys stay in the list for ever: old certificates are verified with them. */
export const memberKeySchema = z.strictObject({
  keyId,
  publicKey: rawEd25519,
  notBefore: instant.optional(),
  notAfter: instant.optional(),
});

const pemCertificate = z
  .string()
  .max(8_192)
  .regex(/^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?$/, {
    error: "expected one certificate in PEM",
  });

/** `scheme://host[:port]` and nothing more: the paths are the contract's. */
const origin = z.string().regex(/^https?:\/\/[^\s/?#@]+$/, {
  error: "expected an origin such as https://banco-azul.example:8443, without path or slash",
});

/**
 * What a bank lets another member's staff do on its own node. A grant that names the bank takes
 * the place of the one for all (`*`); without any, the staff of others may do nothing.
 */
export const trustSchema = z.strictObject({
  bank: z.union([bankId, z.literal("*")]),
  roles: z.array(z.enum(staffRoles)).max(staffRoles.length),
});

/** Bounds against a hostile or broken peer (R47) and on a bank's own position. */
export const capsSchema = z.strictObject({
  /** How far below zero the bank's clearing position may go; absent = unlimited. */
  netDebitCentavos: amountCentavos.optional(),
  /** Undecided global transactions that one coordinator may have open here. */
  openPerPeer: z.int().min(1).max(1_000_000).optional(),
  /** Sum that one coordinator may hold here undecided. */
  heldPerPeerCentavos: amountCentavos.optional(),
  branchesPerTransaction: z.int().min(2).max(MEMBERS_MAX).optional(),
});

export const memberSchema = z.strictObject({
  id: bankId,
  /** First eight characters of the CNPJ, which names an institution in PIX (letters since 2026). */
  ispb: z.string().regex(/^[0-9A-Z]{8}$/, {
    error: "expected an ISPB: eight digits or capital letters, as text so that zeros stay",
  }),
  name: freeText(60).min(1),
  colour: z.string().regex(/^#[0-9A-Fa-f]{6}$/, { error: "expected a colour such as #1D4ED8" }),
  mark: z.string().regex(/^\p{L}{2}$/u, { error: "expected a mark of two letters" }),
  /** Empty in the template of a local consortium; the testbed fills it in. */
  url: z.union([z.literal(""), origin]),
  /** Where other banks find it over mutual TLS; needed once the manifest has authorities. */
  peerUrl: z
    .string()
    .regex(/^https:\/\/[^\s/?#@]+$/, {
      error: "expected an https origin such as https://banco-azul.example:8444",
    })
    .optional(),
  publicKeys: z.array(memberKeySchema).max(100),
  trust: z.array(trustSchema).max(MEMBERS_MAX),
  caps: capsSchema,
});

/**
 * Who decides a global transaction: `local` is a compare-and-set in the coordinator's database,
 * `register` is one Paxos instance over 2F+1 witness banks, of which F may be lost (R5).
 */
export const deciderSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("local") }),
  z.strictObject({ kind: z.literal("register"), witnesses: z.array(bankId) }),
]);

/** A bank that has left: nothing of it is listened to, but what it once signed still verifies. */
export const formerMemberSchema = z.strictObject({
  id: bankId,
  publicKeys: z.array(memberKeySchema).min(1).max(100),
});

export const manifestSchema = z.strictObject({
  consortium: z.strictObject({ id: bankId, name: freeText(80).min(1) }),
  locale: z.enum(["pt-BR", "en"]),
  /** Grows by one with every change, so that a member never falls back to an older manifest. */
  epoch: z.int().min(1),
  decider: deciderSchema,
  /** Who vouches for the banks' certificates; with them banks speak over mutual TLS only. */
  authorities: z.array(pemCertificate).min(1).max(10).optional(),
  members: z.array(memberSchema).min(1).max(MEMBERS_MAX),
  former: z.array(formerMemberSchema).max(MEMBERS_MAX).optional(),
  signatures: z.array(z.strictObject({ bank: bankId, keyId, signature: ed25519Signature })),
});

export type StaffRole = (typeof staffRoles)[number];
export type MemberKey = z.infer<typeof memberKeySchema>;
export type Member = z.infer<typeof memberSchema>;
export type MemberCaps = z.infer<typeof capsSchema>;
export type Trust = z.infer<typeof trustSchema>;
export type ManifestDecider = z.infer<typeof deciderSchema>;
export type Manifest = z.infer<typeof manifestSchema>;
