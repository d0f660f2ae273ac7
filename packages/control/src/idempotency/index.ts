export type { IdempotencyStore, WriteKey, WriteState } from "./idempotency-store.ts"
export { KEY_LIFE_MS, type OnceAnswer, type OnceWrite, writeOnce } from "./write-once.ts"
