export { type PrivateDirectory, privateDirectory } from "./private-directory.ts"
export { type BoundRun, runBound } from "./run-bound.ts"
