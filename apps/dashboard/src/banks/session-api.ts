import {
  enrolFactorOutput,
  type Refusal,
  signedInOutput,
  signedInWithCodeOutput,
  signInWithPasswordOutput,
  doneOutput,
  recoveryCodesOutput,
  staffEmail,
} from "@pacto/contract";
import { z } from "zod";
import { invalidInput, json, readBody, refuse } from "./answers.ts";
import { askSignIn, type SignInAnswer, tokenFor } from "./ask-sign-in.ts";
import { isSameOrigin } from "./same-origin.ts";
import {
  type BankSecret,
  cookiesFor,
  readChallengeCookie,
  readSessionCookie,
} from "./session-cookie.ts";
import { isTrustedHost } from "./trusted-host.ts";

const text = z.string().max(200);
/** What the sign-in page sends. Secrets of the bank stay in cookies that no script can read. */
const requests = {
  password: z.strictObject({ bank: text, email: staffEmail, password: text }),
  code: z.strictObject({ code: text }),
  enrol: z.strictObject({ password: text, newPassword: text.optional() }),
  confirm: z.strictObject({ code: text }),
  activity: z.strictObject({}),
  "sign-out": z.strictObject({}),
  "change-password": z.strictObject({
    password: text,
    newPassword: text,
    code: text.optional(),
  }),
  "recovery-codes": z.strictObject({ password: text, code: text }),
} as const;
type Step = keyof typeof requests;

/** Who is signed in: `GET /api/session`. */
export async function readSession(request: Request): Promise<Response> {
  if (!isTrustedHost(request.headers.get("host"))) return refuse(421, denied);
  return tellPerson(request, false);
}

/** One step of signing in or out: `POST /api/session/STEP`, from a page of this origin alone. */
export async function takeStep(request: Request, name: string): Promise<Response> {
  if (!isTrustedHost(request.headers.get("host"))) return refuse(421, denied);
  if (!isSameOrigin(request.headers)) return refuse(403, denied);
  if (!/^application\/json(?:\s*;|$)/i.test(request.headers.get("content-type") ?? "")) {
    return refuse(415, invalidInput("Content-Type", "application/json"));
  }
  if (!isStep(name)) return refuse(404, denied);
  const input = await readInput(request, name);
  if (input === null) return refuse(400, invalidInput("body", name));
  if (name === "password") return withPassword(request, requests.password.parse(input));
  if (name === "code") return withCode(request, requests.code.parse(input));
  const session = readSessionCookie(request);
  if (session === null) return refuse(401, notSignedIn);
  return withSession(request, session, { name, input });
}

const denied: Refusal = { code: "not-allowed", details: {} };
const notSignedIn: Refusal = { code: "not-signed-in", details: {} };

function isStep(name: string): name is Step {
  return Object.hasOwn(requests, name);
}

async function readInput(request: Request, step: Step): Promise<unknown> {
  try {
    return requests[step].parse(JSON.parse((await readBody(request)) ?? ""));
  } catch {
    return null;
  }
}

async function withPassword(
  request: Request,
  { bank, ...input }: z.infer<typeof requests.password>,
): Promise<Response> {
  const answer = await askSignIn(request, bank, {
    procedure: "withPassword",
    input,
    output: signInWithPasswordOutput,
  });
  if (!answer.ok) return refuse(answer.status, answer.refusal);
  const { value } = answer;
  if (value.next === "code") {
    return tell({ next: "code" }, { challenge: { bank, secret: value.challenge } });
  }
  const { next, mustChangePassword, session: secret } = value;
  return tell({ next, mustChangePassword }, { session: { bank, secret } });
}

async function withCode(request: Request, input: { readonly code: string }): Promise<Response> {
  const challenge = readChallengeCookie(request);
  if (challenge === null) return refuse(401, { code: "session-ended", details: {} });
  const { bank, secret } = challenge;
  const answer = await askSignIn(request, bank, {
    procedure: "withCode",
    input: { challenge: secret, ...input },
    output: signedInWithCodeOutput,
  });
  return told(answer, ({ session, mustChangePassword }) =>
    tell({ mustChangePassword }, { session: { bank, secret: session } }),
  );
}

async function withSession(
  request: Request,
  { bank, secret: session }: BankSecret,
  { name, input }: { readonly name: Step; readonly input: unknown },
): Promise<Response> {
  const ask = <Output extends z.ZodType>(procedure: string, output: Output) =>
    askSignIn(request, bank, { procedure, input: { session, ...(input as object) }, output });
  switch (name) {
    case "activity":
      return tellPerson(request, true);
    case "enrol":
      return told(await ask("enrolFactor", enrolFactorOutput), (value) =>
        json(200, JSON.stringify(value)),
      );
    case "confirm":
      return told(await ask("confirmFactor", signedInOutput), ({ session: secret }) =>
        tell({}, { session: { bank, secret } }),
      );
    case "change-password":
      return told(await ask("changePassword", doneOutput), (value) =>
        json(200, JSON.stringify(value)),
      );
    case "recovery-codes":
      return told(await ask("renewRecoveryCodes", recoveryCodesOutput), (value) =>
        json(200, JSON.stringify(value)),
      );
    default:
      // A bank that is away ends the session by itself; this browser forgets it at once.
      await ask("signOut", doneOutput);
      return tell({}, {});
  }
}

/** The person behind the session, and until when it lasts. */
async function tellPerson(request: Request, isActive: boolean): Promise<Response> {
  const session = readSessionCookie(request);
  if (session === null) return refuse(401, notSignedIn);
  const { bank } = session;
  const answer = await tokenFor(request, session, { bank, isActive });
  if (!answer.ok) return refuse(answer.status, answer.refusal);
  const { person, idleUntil, endsAt } = answer.value;
  return json(200, JSON.stringify({ bank, person, idleUntil, endsAt }));
}

function told<Value>(answer: SignInAnswer<Value>, tellValue: (value: Value) => Response): Response {
  return answer.ok ? tellValue(answer.value) : refuse(answer.status, answer.refusal);
}

function tell(value: object, state: Parameters<typeof cookiesFor>[0]): Response {
  const response = json(200, JSON.stringify(value));
  for (const cookie of cookiesFor(state)) response.headers.append("set-cookie", cookie);
  return response;
}
