"use client";
import { useTranslations } from "next-intl";
import { encodeQR } from "qr";
import { useMemo, useState } from "react";
import { Notice } from "../../components/notice.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { NewPasswordInput } from "./new-password-input.tsx";
import { useSession } from "./session.tsx";
import { StepForm, useStep } from "./step-form.tsx";

interface Enrolled {
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
}

/** The first sign-in: a password of one's own, then an authenticator, then its first code. */
export function Enrolment(props: {
  readonly password: string;
  readonly mustChangePassword: boolean;
}) {
  const t = useTranslations("signIn");
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null);
  const [newPassword, setNewPassword] = useState("");
  const { send, problem, isSending } = useStep<Enrolled>();
  async function submit() {
    const { password, mustChangePassword } = props;
    setEnrolled(await send("enrol", { password, ...(mustChangePassword ? { newPassword } : {}) }));
  }
  if (enrolled !== null) return <FirstCode {...enrolled} />;
  return (
    <StepForm problem={problem} isSending={isSending} onSubmit={submit} action={t("continue")}>
      {props.mustChangePassword && (
        <NewPasswordInput value={newPassword} onChange={setNewPassword} isFirst />
      )}
    </StepForm>
  );
}

function FirstCode({ uri, recoveryCodes }: Enrolled) {
  const t = useTranslations("signIn");
  const { look } = useSession();
  const [code, setCode] = useState("");
  const { send, problem, isSending } = useStep<object>();
  async function submit() {
    if ((await send("confirm", { code: code.trim() })) !== null) await look();
  }
  return (
    <StepForm problem={problem} isSending={isSending} onSubmit={submit} action={t("enter")}>
      <QrCode text={uri} label={t("qr")} />
      <p className="text-muted">
        {t("byHand")} <code className="font-mono break-all">{secretOf(uri)}</code>
      </p>
      <Notice tone="caution" title={t("recovery")}>
        <ul className="mt-1 grid grid-cols-2 gap-x-4 font-mono">
          {recoveryCodes.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </Notice>
      <TextInput
        label={t("code")}
        hint={t("firstCodeHint")}
        value={code}
        onChange={setCode}
        isRequired
        maxLength={6}
        input={{ autoComplete: "one-time-code", inputMode: "numeric" }}
      />
    </StepForm>
  );
}

function secretOf(uri: string): string {
  return new URL(uri).searchParams.get("secret") ?? "";
}

/** Dark on light in either theme: cameras expect it so. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const rows = useMemo(() => encodeQR(text, "raw"), [text]);
  const dots = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      className="size-52 self-center bg-white"
      shapeRendering="crispEdges"
    >
      <path d={dots.join("")} fill="black" />
    </svg>
  );
}
