import { forwardStatus } from "../../../../../banks/forward.ts";

export async function GET(
  request: Request,
  context: RouteContext<"/api/banks/[bank]/status">,
): Promise<Response> {
  const { bank } = await context.params;
  return forwardStatus(request, bank);
}
