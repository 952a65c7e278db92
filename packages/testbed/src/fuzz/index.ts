export { type FuzzReport, runFuzz } from "./run-fuzz.ts";
export { repositoryFolder } from "../repository.ts";
