import { takeStep } from "../../../../banks/session-api.ts";

type Context = RouteContext<"/api/session/[step]">;

export async function POST(request: Request, context: Context): Promise<Response> {
  return takeStep(request, (await context.params).step);
}
