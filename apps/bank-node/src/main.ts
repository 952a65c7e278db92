import { noCrashPoint } from "./failpoints/crash-point.ts";
import { runProcess } from "./run-process.ts";

await runProcess(noCrashPoint);
