import type { IncomingMessage } from "node:http";
import { labAct, labRecording, type LabState } from "@pacto/contract";
import { z } from "zod";
import type { Lab } from "./lab.ts";

const BODY_BYTES_MAX = 256 * 1024;

interface LabAnswer {
  readonly status: number;
  readonly body: LabState | { readonly error: string };
}

/**
 * `GET /lab`, `POST /lab/acts`, `POST /lab/recordings` (begin anew), `POST` and `DELETE
 * /lab/replays`; each answers with the Lab's state.
 */
export async function answerLab(lab: Lab, request: IncomingMessage): Promise<LabAnswer> {
  const what = `${request.method ?? ""} ${request.url ?? ""}`;
  try {
    switch (what) {
      case "GET /lab":
        break;
      case "POST /lab/acts":
        await lab.act(labAct.parse(await readJson(request)));
        break;
      case "POST /lab/recordings":
        lab.record(labRecording.pick({ seed: true }).parse(await readJson(request)).seed);
        break;
      case "POST /lab/replays":
        await lab.replay(labRecording.parse(await readJson(request)));
        break;
      case "DELETE /lab/replays":
        lab.stopReplay();
        break;
      default:
        return { status: 404, body: { error: `There is no ${what}.` } };
    }
    return { status: 200, body: lab.state() };
  } catch (error) {
    if (error instanceof z.core.$ZodError || error instanceof SyntaxError) {
      return { status: 400, body: { error: error.message } };
    }
    return { status: 409, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > BODY_BYTES_MAX) throw new SyntaxError("The body is too large.");
    chunks.push(chunk as Buffer);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
