export { type PrivateDirectory, privateDirectory } from "./private-directory.ts"
