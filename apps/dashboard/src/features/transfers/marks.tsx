"use client";
import type { TransferSide } from "@pacto/contract";
import { BankMark } from "../../banks/bank-mark.tsx";
import { useMembers } from "../../banks/banks.tsx";

/** The banks of one side, each once. */
export function Marks({ sides }: { readonly sides: readonly TransferSide[] }) {
  const members = useMembers();
  const ids = [...new Set(sides.map(({ bank }) => bank))];
  return (
    <span className="flex gap-0.5">
      {ids.map((id) => {
        const bank = members.find((member) => member.id === id);
        return (
          bank && (
            <span key={id} className="inline-flex">
              <BankMark bank={bank} />
              <span className="sr-only">{bank.name}</span>
            </span>
          )
        );
      })}
    </span>
  );
}
