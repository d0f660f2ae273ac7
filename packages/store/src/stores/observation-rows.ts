import type { BegunScan, Observation, ScanRecord } from "@tabard/control"
import type { Credential, ObservedServer } from "@tabard/core"
import { fromJson, fromTime, fromTimeOrNull, toJson, toTime, toTimeOrNull } from "../columns.ts"
import type { CredentialRow, ObservationRow, ObservedServerRow, ScanRow } from "../tables/registry.ts"

/** Writes a scan that is being recorded as its row. */
export function toScanRow(scan: BegunScan): Omit<ScanRow, "organisation"> {
  return {
    id: scan.id,
    reporter: scan.reporter,
    roots: toJson(scan.roots),
    started_at: toTime(scan.startedAt),
    finished_at: toTime(scan.finishedAt),
    unreadable: toJson(scan.unreadable),
    coverage: toJson(scan.coverage),
    unfinished: 1,
    result: null,
  }
}

/** Reads a scan back. */
export function fromScanRow(row: ScanRow): ScanRecord {
  return {
    id: row.id,
    reporter: row.reporter,
    roots: fromJson(row.roots),
    startedAt: fromTime(row.started_at),
    finishedAt: fromTime(row.finished_at),
    unreadable: fromJson(row.unreadable),
    coverage: fromJson(row.coverage),
    result: row.result === null ? null : fromJson(row.result),
  }
}

/** Writes an observation as its row. */
export function toObservationRow(observation: Observation): Omit<ObservationRow, "organisation"> {
  return {
    reporter: observation.reporter,
    kind: observation.kind,
    key: observation.key,
    subject: observation.subject,
    scan: observation.scan,
    body: toJson(observation.body),
    first_seen: toTime(observation.firstSeen),
    last_seen: toTime(observation.lastSeen),
    machine: observation.machine,
    digest: observation.digest,
    vanished_at: toTimeOrNull(observation.vanishedAt),
  }
}

/** Reads an observation back. */
export function fromObservationRow(row: ObservationRow): Observation {
  return {
    reporter: row.reporter,
    machine: row.machine,
    kind: row.kind,
    key: row.key,
    subject: row.subject,
    scan: row.scan,
    body: fromJson(row.body),
    digest: row.digest,
    firstSeen: fromTime(row.first_seen),
    lastSeen: fromTime(row.last_seen),
    vanishedAt: fromTimeOrNull(row.vanished_at),
  }
}

/** Writes a seen server as its row. */
export function toServerRow(server: ObservedServer): Omit<ObservedServerRow, "organisation"> {
  return {
    id: server.id,
    key: server.key,
    name: server.name,
    transport: server.transport,
    system: server.system,
    capabilities: toJson(server.capabilities),
    flags: toJson(server.flags),
    first_seen: toTime(server.firstSeen),
    last_seen: toTime(server.lastSeen),
  }
}

/** Reads a seen server back. */
export function fromServerRow(row: ObservedServerRow): ObservedServer {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    transport: row.transport,
    system: row.system,
    capabilities: fromJson(row.capabilities),
    flags: fromJson(row.flags),
    firstSeen: fromTime(row.first_seen),
    lastSeen: fromTime(row.last_seen),
  }
}

/** Writes a seen credential as its row. */
export function toCredentialRow(credential: Credential): Omit<CredentialRow, "organisation"> {
  return {
    id: credential.id,
    key: credential.key,
    kind: credential.kind,
    provider: credential.provider,
    stored_as: credential.storedAs,
    fingerprint: credential.fingerprint,
    locations: toJson(credential.locations),
    first_seen: toTime(credential.firstSeen),
    last_seen: toTime(credential.lastSeen),
  }
}

/** Reads a seen credential back. */
export function fromCredentialRow(row: CredentialRow): Credential {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    provider: row.provider,
    storedAs: row.stored_as,
    fingerprint: row.fingerprint,
    locations: fromJson(row.locations),
    firstSeen: fromTime(row.first_seen),
    lastSeen: fromTime(row.last_seen),
  }
}
