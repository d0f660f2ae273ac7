export { HeldLease } from "./held-lease.ts"
export type { LeaseStore } from "./lease-store.ts"
export { type LeaseDeps, underLease } from "./under-lease.ts"
