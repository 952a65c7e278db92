import { forwardLab } from "../../../../features/lab/forward-lab.ts";

type Context = RouteContext<"/api/lab/[[...path]]">;

async function forwardRequest(request: Request, context: Context): Promise<Response> {
  const { path } = await context.params;
  return forwardLab(request, path ?? []);
}

export { forwardRequest as DELETE, forwardRequest as GET, forwardRequest as POST };
