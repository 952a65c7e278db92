import type { ListStaffInput, StaffMemberView } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";
import { demandOwnStaff } from "./demand-own-staff.ts";

interface MemberRow extends Omit<StaffMemberView, "passwordUntil" | "createdAt"> {
  readonly passwordUntil: Date | null;
  readonly createdAt: Date;
}

const SELECT = `
  SELECT m.id, m.name, m.email, m.roles, m.disabled_at IS NOT NULL AS "isSuspended",
         m.two_factor_enabled AS "hasFactor", m.must_change_password AS "mustChangePassword",
         m.password_until AS "passwordUntil", m.created_at AS "createdAt",
         (SELECT a.id FROM approval a WHERE a.resource = 'staff:' || m.id
            AND (a.status = 'approved' OR a.status = 'open' AND a.expires_at > now())
         ) AS "rolesRequest"
  FROM staff_member m`;

function view({ passwordUntil, createdAt, ...row }: MemberRow): StaffMemberView {
  return {
    ...row,
    passwordUntil: passwordUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

/** The bank's own staff by name, suspended ones too. @throws RefusalError `not-allowed` */
export async function listStaff(ctx: StaffContext, input: ListStaffInput) {
  demandOwnStaff(ctx);
  const { rows } = await ctx.bank.pools.api.query<MemberRow>(
    `${SELECT}
      WHERE ($1::text IS NULL OR strpos(lower(m.name || ' ' || m.email), lower($1)) > 0)
        AND ($2::text IS NULL OR (m.name, m.id) >
             (SELECT name, id FROM staff_member WHERE id = $2))
      ORDER BY m.name, m.id LIMIT $3`,
    [input.search ?? null, input.cursor ?? null, input.limit + 1],
  );
  const page = rows.slice(0, input.limit);
  return {
    bank: ctx.bank.id,
    members: page.map(view),
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** @throws RefusalError `staff-not-found` */
export async function readMember({ bank }: StaffContext, id: string): Promise<StaffMemberView> {
  const { rows } = await bank.pools.api.query<MemberRow>(`${SELECT} WHERE m.id = $1`, [id]);
  const [row] = rows;
  if (row !== undefined) return view(row);
  throw new RefusalError({ code: "staff-not-found", details: { bank: bank.id } });
}
