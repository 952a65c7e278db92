"use client";
import { Button } from "@heroui/react/button";
import type { Refusal } from "@pacto/contract";
import { type FormEvent, type ReactNode, useState } from "react";
import { Notice } from "../../components/notice.tsx";
import { useRefusalSentence } from "../../i18n/refusal.ts";
import { callSession } from "./call-session.ts";

/** Sends a step and keeps what the bank said against it. */
export function useStep<Value>() {
  const [problem, setProblem] = useState<Refusal | null>(null);
  const [isSending, setSending] = useState(false);
  async function send(step: string, input: object): Promise<Value | null> {
    setSending(true);
    setProblem(null);
    const answer = await callSession<Value>(step, input);
    setSending(false);
    if (answer.ok) return answer.value;
    setProblem(answer.refusal);
    return null;
  }
  return { send, problem, isSending };
}

export function StepForm(props: {
  readonly problem: Refusal | null;
  readonly isSending: boolean;
  readonly action: string;
  readonly onSubmit: () => Promise<void>;
  readonly children: ReactNode;
}) {
  const sentence = useRefusalSentence();
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!props.isSending) void props.onSubmit();
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {props.problem !== null && (
        <Notice tone="negative" announce="now">
          {sentence(props.problem)}
        </Notice>
      )}
      {props.children}
      <Button type="submit" variant="primary" isPending={props.isSending}>
        {props.action}
      </Button>
    </form>
  );
}
