import { EnvironmentError, type NodeEnv, readEnv } from "./env.ts";
import type { CrashPoint } from "./failpoints/crash-point.ts";
import { createLogger, type Logger } from "./logger.ts";
import { giveBackMemoryWhenIdle } from "./give-back-memory.ts";
import type { Passage } from "./peers/passage.ts";
import { startNode } from "./start-node.ts";

/** Past this a clean stop has failed; what is unfinished is recovered at the next start. */
const STOP_PATIENCE_MS = 10_000;

/** The life of the process of one bank, from its environment to a clean end. */
export async function runProcess(crashPoint: CrashPoint, passage?: Passage): Promise<void> {
  const env = readEnvOrExit();
  const logger = createLogger({ bank: env.PACTO_BANK, level: env.PACTO_LOG_LEVEL });
  crashCleanly(logger);
  try {
    const node = await startNode({ env, logger, crashPoint, passage });
    stopOnSignals(logger, () => node.stop());
    giveBackMemoryWhenIdle((error) => logger.warn({ err: error }, "giving memory back"));
  } catch (error) {
    logger.fatal({ err: error }, "the bank cannot open");
    // For whoever started it by hand: the sentence, without the stack.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

function readEnvOrExit(): NodeEnv {
  try {
    return readEnv(process.env);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/**
 * An error that nobody caught leaves the process in a state that nobody knows (P13, ASVS 16.5.4):
 * it ends at once, and recovery does what it does after any crash.
 */
function crashCleanly(logger: Logger): void {
  const crash = (error: unknown) => {
    logger.fatal({ err: error }, "unexpected error: the process ends, recovery will go on");
    process.exit(1);
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
}

function stopOnSignals(logger: Logger, stop: () => Promise<void>): void {
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, "closing");
    setTimeout(() => {
      logger.error("could not close in time");
      process.exit(1);
    }, STOP_PATIENCE_MS).unref();
    void stop().then(() => process.exit(0));
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}
