"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BankChoice } from "../../banks/bank-choice.tsx";
import { Notice } from "../../components/notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { TextInput } from "../../components/text-input.tsx";
import { Enrolment } from "./enrolment.tsx";
import { NewPasswordInput } from "./new-password-input.tsx";
import { useSession, useSignedIn } from "./session.tsx";
import { StepForm, useStep } from "./step-form.tsx";

type Step =
  | { readonly kind: "password" }
  | { readonly kind: "code"; readonly password: string }
  | { readonly kind: "renew"; readonly password: string }
  | { readonly kind: "enrol"; readonly password: string; readonly mustChangePassword: boolean };

interface Next {
  readonly next: "code" | "enrol";
  readonly mustChangePassword?: boolean;
}

/** Choose the bank, say who you are, give the code; at the first time enrol a second factor. */
export function SignIn({ hasEnded = false }: { readonly hasEnded?: boolean }) {
  const t = useTranslations("signIn");
  const [step, setStep] = useState<Step>({ kind: "password" });
  return (
    <section className="mx-auto max-w-md">
      <PageHeader title={t("title")} description={t(`about.${step.kind}`)} />
      {hasEnded && step.kind === "password" && (
        <div className="mb-4">
          <Notice tone="caution" announce="now">
            {t("ended")}
          </Notice>
        </div>
      )}
      {step.kind === "password" && <PasswordStep onNext={setStep} />}
      {step.kind === "code" && <CodeStep {...step} onNext={setStep} />}
      {step.kind === "renew" && <RenewStep {...step} />}
      {step.kind === "enrol" && <Enrolment {...step} />}
    </section>
  );
}

function PasswordStep({ onNext }: { readonly onNext: (step: Step) => void }) {
  const t = useTranslations("signIn");
  const last = useSignedIn();
  const [bank, setBank] = useState<string | null>(last?.bank ?? null);
  const [email, setEmail] = useState(last?.person.email ?? "");
  const [password, setPassword] = useState("");
  const { send, problem, isSending } = useStep<Next>();
  async function submit() {
    const value = await send("password", { bank, email: email.trim(), password });
    if (value === null) return;
    const { next, mustChangePassword = false } = value;
    onNext(
      next === "code" ? { kind: next, password } : { kind: next, password, mustChangePassword },
    );
  }
  return (
    <StepForm problem={problem} isSending={isSending} onSubmit={submit} action={t("continue")}>
      <BankChoice label={t("bank")} value={bank} onChange={setBank} isRequired />
      <TextInput
        label={t("email")}
        value={email}
        onChange={setEmail}
        isRequired
        maxLength={200}
        input={{ type: "email", autoComplete: "username" }}
      />
      <TextInput
        label={t("password")}
        value={password}
        onChange={setPassword}
        isRequired
        maxLength={128}
        input={{ type: "password", autoComplete: "current-password" }}
      />
    </StepForm>
  );
}

function CodeStep(props: { readonly password: string; readonly onNext: (step: Step) => void }) {
  const t = useTranslations("signIn");
  const { look } = useSession();
  const [code, setCode] = useState("");
  const { send, problem, isSending } = useStep<{ readonly mustChangePassword: boolean }>();
  async function submit() {
    const value = await send("code", { code: code.trim() });
    if (value === null) return;
    if (value.mustChangePassword) props.onNext({ kind: "renew", password: props.password });
    else await look();
  }
  return (
    <StepForm problem={problem} isSending={isSending} onSubmit={submit} action={t("enter")}>
      <TextInput
        label={t("code")}
        hint={t("codeHint")}
        value={code}
        onChange={setCode}
        isRequired
        maxLength={11}
        input={{ autoComplete: "one-time-code", inputMode: "numeric", autoFocus: true }}
      />
      <Button variant="ghost" onPress={() => props.onNext({ kind: "password" })}>
        {t("back")}
      </Button>
    </StepForm>
  );
}

/** In place of a password that somebody else chose. */
function RenewStep({ password }: { readonly password: string }) {
  const t = useTranslations("signIn");
  const { look } = useSession();
  const [newPassword, setNewPassword] = useState("");
  const { send, problem, isSending } = useStep<object>();
  async function submit() {
    if ((await send("change-password", { password, newPassword })) !== null) await look();
  }
  return (
    <StepForm problem={problem} isSending={isSending} onSubmit={submit} action={t("enter")}>
      <NewPasswordInput value={newPassword} onChange={setNewPassword} isFirst />
    </StepForm>
  );
}
