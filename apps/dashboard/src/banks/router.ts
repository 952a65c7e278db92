export type { AppRouter } from "@pacto/bank-node/router";
