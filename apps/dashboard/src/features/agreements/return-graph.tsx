"use client";
import type { PixReturnNode } from "@pacto/contract";
import { useTranslations } from "next-intl";
import { BankMark } from "../../banks/bank-mark.tsx";
import { useMember } from "../../banks/banks.tsx";
import { useMoney } from "../../i18n/money.ts";
import { layTree, type Placed } from "./tree.ts";

const ROW = 46;
const STEP = 34;
const TOP = 18;

/** Where the money of a reported PIX went, account by account; each line is a list's line as well. */
export function ReturnGraph({ nodes }: { readonly nodes: readonly PixReturnNode[] }) {
  const t = useTranslations("agreements.returns");
  const placed = layTree(nodes);
  const deepest = Math.max(0, ...placed.map(({ depth }) => depth));
  return (
    <div className="relative">
      <svg
        aria-hidden="true"
        className="absolute top-0 left-0 text-border"
        width={(deepest + 1) * STEP}
        height={placed.length * ROW}
      >
        {placed.map(({ node, row, parentRow, depth }) =>
          parentRow === null ? null : (
            <path
              key={node.id}
              fill="none"
              stroke="currentColor"
              strokeWidth="1.5"
              d={`M${(depth - 1) * STEP + 12} ${parentRow * ROW + TOP + 10}
                  V${row * ROW + TOP}H${depth * STEP}`}
            />
          ),
        )}
      </svg>
      <ol aria-label={t("graph")}>
        {placed.map((one) => (
          <NodeLine key={one.node.id} placed={one} />
        ))}
      </ol>
    </div>
  );
}

function NodeLine({ placed: { node, depth } }: { readonly placed: Placed }) {
  const t = useTranslations("agreements.returns");
  const money = useMoney();
  const bank = useMember(node.bank);
  return (
    <li
      className="flex items-start gap-2"
      style={{ height: ROW, paddingLeft: depth * STEP, paddingTop: TOP - 10 }}
    >
      {bank && <BankMark bank={bank} />}
      <span>
        <span className="num">
          {bank?.name ?? node.bank} · {node.account}
        </span>
        <span className="num block text-xs text-muted">
          {t("came", { amount: money(node.soughtCentavos) })} ·{" "}
          {t(`nodes.${node.state}`, { amount: money(node.heldCentavos) })}
        </span>
      </span>
    </li>
  );
}
