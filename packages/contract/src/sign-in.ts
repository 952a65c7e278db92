import { z } from "zod";
import { staffRoles } from "./manifest/schema.ts";
import { bankId, instant } from "./scalars.ts";

/** Past these an attempt is not looked at: hashing a long text would cost the bank its time. */
const PASSWORD_MAX = 128;
export const PASSWORD_MIN = 12;

/** A member of a bank's staff, stable for ever. */
export const staffMemberId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const staffEmail = z.email().max(200).toLowerCase();
const password = z.string().min(1).max(PASSWORD_MAX);
const newPassword = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);

/** Names a session at the bank that gave it. A secret: never in an address, never in a log. */
export const sessionSecret = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/);
const challenge = z.string().regex(/^[A-Za-z0-9_.%+/=-]{20,400}$/);

/** Six digits of the authenticator app, or one of the recovery codes. */
const authenticatorCode = z.string().regex(/^[0-9]{6}$/);
const recoveryCode = z.string().regex(/^[A-Za-z0-9]{5}-[A-Za-z0-9]{5}$/);

export const signInWithPasswordInput = z.strictObject({ email: staffEmail, password });
export const signInWithPasswordOutput = z.discriminatedUnion("next", [
  /** A second factor is enrolled: its code ends the sign-in. */
  z.strictObject({ next: z.literal("code"), challenge }),
  /** The first sign-in: a session that can do nothing but enrol a second factor. */
  z.strictObject({
    next: z.literal("enrol"),
    session: sessionSecret,
    mustChangePassword: z.boolean(),
  }),
]);

export const signInWithCodeInput = z.strictObject({
  challenge,
  code: z.union([authenticatorCode, recoveryCode]),
});
export const signedInWithCodeOutput = z.strictObject({
  session: sessionSecret,
  /** Whoever administers users chose the password: before anything else, choose another one. */
  mustChangePassword: z.boolean(),
});
export const signedInOutput = z.strictObject({ session: sessionSecret });

export const enrolFactorInput = z.strictObject({
  session: sessionSecret,
  password,
  /** Where somebody else chose the password. */
  newPassword: newPassword.optional(),
});
export const enrolFactorOutput = z.strictObject({
  /** `otpauth://totp/…`, to be shown as a QR code. A secret. */
  uri: z.string(),
  /** Each works once in place of a code. Secrets. */
  recoveryCodes: z.array(z.string()),
});
export const confirmFactorInput = z.strictObject({
  session: sessionSecret,
  code: authenticatorCode,
});

export const staffTokenInput = z.strictObject({
  session: sessionSecret,
  /** The bank that is going to be asked. */
  bank: bankId,
  /** Whether a person is at work: only that keeps a session from ending for idleness. */
  isActive: z.boolean().default(false),
});
export const staffTokenOutput = z.strictObject({
  token: z.string(),
  expiresAt: instant,
  person: z.strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    roles: z.array(z.enum(staffRoles)),
  }),
  /** When it ends unless somebody is at work, and when it ends in any case. */
  idleUntil: instant,
  endsAt: instant,
});

export const signOutInput = z.strictObject({ session: sessionSecret });
export const changePasswordInput = z.strictObject({
  session: sessionSecret,
  password,
  newPassword,
  /**
   * Whoever has found a session open does not get to keep it. Left out only where a one-time
   * password is replaced, in a session that is good for nothing else.
   */
  code: authenticatorCode.optional(),
});
export const renewRecoveryCodesInput = z.strictObject({
  session: sessionSecret,
  password,
  code: authenticatorCode,
});
export const recoveryCodesOutput = z.strictObject({ recoveryCodes: z.array(z.string()) });
export const doneOutput = z.strictObject({ done: z.literal(true) });

/** Those who are there from the beginning: somebody must let the others in. */
export const firstStaffFile = z.strictObject({
  /** One password for all, as tests like it: only where nobody but this machine can knock. */
  isPasswordFixed: z.boolean(),
  members: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(120),
        email: staffEmail,
        roles: z.array(z.enum(staffRoles)).min(1),
        password: z.string().min(PASSWORD_MIN).max(128),
        /** What an authenticator app has been given already; without it, enrolled at first sign-in. */
        totpSecret: z
          .string()
          .regex(/^[A-Za-z0-9_-]{32}$/)
          .optional(),
      }),
    )
    .max(50),
});

export type FirstStaff = z.infer<typeof firstStaffFile>;
export type FirstMember = FirstStaff["members"][number];
export type SignInWithPassword = z.infer<typeof signInWithPasswordInput>;
export type SignInNext = z.infer<typeof signInWithPasswordOutput>;
export type SignInWithCode = z.infer<typeof signInWithCodeInput>;
export type EnrolFactor = z.infer<typeof enrolFactorInput>;
export type ConfirmFactor = z.infer<typeof confirmFactorInput>;
export type StaffTokenInput = z.infer<typeof staffTokenInput>;
export type StaffTokenView = z.infer<typeof staffTokenOutput>;
export type ChangePassword = z.infer<typeof changePasswordInput>;
export type RenewRecoveryCodes = z.infer<typeof renewRecoveryCodesInput>;
