import {
  changePasswordInput,
  confirmFactorInput,
  doneOutput,
  enrolFactorInput,
  enrolFactorOutput,
  recoveryCodesOutput,
  renewRecoveryCodesInput,
  signedInOutput,
  signedInWithCodeOutput,
  signInWithCodeInput,
  signInWithPasswordInput,
  signInWithPasswordOutput,
  signOutInput,
  staffTokenInput,
  staffTokenOutput,
} from "@pacto/contract";
import { openProcedure, router } from "../trpc.ts";
import { changePassword, confirmFactor, enrolFactor, renewRecoveryCodes } from "./second-factor.ts";
import { issueToken, signOut } from "./sessions.ts";
import { signInWithCode, signInWithPassword } from "./sign-in.ts";

const done = { done: true } as const;

/**
 * How the bank's own staff sign in. Everybody may knock; a password, a code or a session's secret
 * is what opens. All of it travels in bodies, never in addresses, so all of it are mutations.
 */
export const signInRouter = router({
  withPassword: openProcedure
    .input(signInWithPasswordInput)
    .output(signInWithPasswordOutput)
    .mutation(({ ctx, input }) => signInWithPassword(ctx, input)),
  withCode: openProcedure
    .input(signInWithCodeInput)
    .output(signedInWithCodeOutput)
    .mutation(({ ctx, input }) => signInWithCode(ctx, input)),
  enrolFactor: openProcedure
    .input(enrolFactorInput)
    .output(enrolFactorOutput)
    .mutation(({ ctx, input }) => enrolFactor(ctx, input)),
  confirmFactor: openProcedure
    .input(confirmFactorInput)
    .output(signedInOutput)
    .mutation(({ ctx, input }) => confirmFactor(ctx, input)),
  token: openProcedure
    .input(staffTokenInput)
    .output(staffTokenOutput)
    .mutation(({ ctx, input }) => issueToken(ctx, input)),
  signOut: openProcedure
    .input(signOutInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await signOut(ctx, input);
      return done;
    }),
  changePassword: openProcedure
    .input(changePasswordInput)
    .output(doneOutput)
    .mutation(async ({ ctx, input }) => {
      await changePassword(ctx, input);
      return done;
    }),
  renewRecoveryCodes: openProcedure
    .input(renewRecoveryCodesInput)
    .output(recoveryCodesOutput)
    .mutation(({ ctx, input }) => renewRecoveryCodes(ctx, input)),
});
