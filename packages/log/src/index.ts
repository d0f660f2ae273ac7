export { equalBytes, fromBase64, toBase64 } from "./bytes.ts"
export { type Cosignature, checkPolicy, type WitnessedCheckpoint } from "./check-policy.ts"
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from "./checkpoint.ts"
export { proveConsistency, verifyConsistency } from "./consistency-proof.ts"
export { formatBundle, MAX_BUNDLE_BYTES, MAX_ENTRY_BYTES, parseBundle } from "./entry-bundle.ts"
export { Frontier } from "./frontier.ts"
export { type HashReader, tileHashReader } from "./hash-reader.ts"
export { emptyRoot, HASH_BYTES, hashLeaf, hashNode, type Sha256 } from "./hashing.ts"
export { type Inclusion, proveInclusion, verifyInclusion } from "./inclusion-proof.ts"
export { BrokenProof, MalformedRecord, TamperedLog, UntrustedNote } from "./log-errors.ts"
export { emptyLog, integrate } from "./log-writer.ts"
export { memoryTileStore } from "./memory-tile-store.ts"
export {
  formatVerifierKey,
  type KeyType,
  type NoteKey,
  noteKey,
  parseVerifierKey,
  type SignatureAlgorithm,
} from "./note-key.ts"
export {
  type Endorsement,
  type NoteSigner,
  signText,
  type VerifySignature,
  verifyNote,
} from "./note-signatures.ts"
export { openCheckpoint } from "./open-checkpoint.ts"
export { parsePolicy } from "./parse-policy.ts"
export {
  databaseBehind,
  type PublishDeps,
  placeCheckpoint,
  publish,
  readPublished,
  signHead,
} from "./publish-checkpoint.ts"
export { readEntry } from "./read-entry.ts"
export { beginningOf } from "./read-tile.ts"
export type { OnEntry } from "./rebuild-log.ts"
export { formatNote, type NoteSignature, parseNote, type SignedNote } from "./signed-note.ts"
export {
  assertFullTilePath,
  assertSameBytes,
  assertTilePath,
  parseMinimumIndex,
  type TileReader,
  type TileStore,
} from "./tile-store.ts"
export {
  endIndex,
  parseTilePath,
  TILE_WIDTH,
  type TileAddress,
  tilePath,
  tilesForGrowth,
  widthAt,
} from "./tiles.ts"
export { formatProof, parseProof, type TlogProof, verifyProof } from "./tlog-proof.ts"
export type { TreeHead } from "./tree-head.ts"
export {
  formatPolicy,
  type PolicyGroup,
  type PolicyLog,
  type PolicyMember,
  type PolicyWitness,
  quorumTime,
  type TrustPolicy,
} from "./trust-policy.ts"
export {
  type LogVerification,
  type VerifyLogDeps,
  type VerifyLogOptions,
  verifyLog,
} from "./verify-log.ts"
export {
  type AskedCosignature,
  type AskWitnessDeps,
  askWitness,
  formatAddCheckpoint,
  type PostToWitness,
  type Witness,
  type WitnessAnswer,
  type WitnessReply,
} from "./witness-client.ts"
