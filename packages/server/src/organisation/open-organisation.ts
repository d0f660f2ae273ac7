import { join } from "node:path"
import {
  ApplicationKeeper,
  type Certifier,
  judgedTwice,
  KnownInputs,
  PolicyKeeper,
  RecordWatch,
  type Shelf,
  seedPolicies,
  VersionWatch,
} from "@tabard/control"
import { type Clock, newHandle, type Organisation } from "@tabard/core"
import { KnownPoints } from "../authzen/known-points.ts"
import type { Config } from "../config.ts"
import { OutsideKeys } from "../federation/outside-keys.ts"
import type { KeyEncryptionKey } from "../keys/key-encryption-key.ts"
import { vaultKey } from "../keys/key-vault.ts"
import { targetRules } from "../notifications/guard-address.ts"
import { openWays } from "../notifications/open-ways.ts"
import type { NotificationWays } from "../notifications/ways-to-tell.ts"
import type { AuthorizationServer } from "../oauth/authorization-server.ts"
import { KnownStanding } from "../oauth/known-standing.ts"
import { ProofNonces } from "../oauth/proof-nonces.ts"
import { type KeptRecord, knownRecord } from "../record/known-record.ts"
import { type LogKeeper, openLogKeeper } from "../record/log-keeper.ts"
import { type LogPlaces, openLogPlaces } from "../record/log-places.ts"
import { openWitnessKeeper, type WitnessKeeper } from "../record/witness/witness-keeper.ts"
import { openSignals, type SignalWays } from "../signals/open-signals.ts"
import { type ExportWays, openExport } from "../sinks/export-ways.ts"
import { issuerCertifier } from "./certifier.ts"
import type { KeptKeys } from "./issuer-keys.ts"
import { noticingShelf } from "./noticing-shelf.ts"
import { type Issuer, knownIssuer, openIssuer } from "./open-issuer.ts"
import type { OpenOrganisationDeps } from "./organisation-deps.ts"

/** One organisation at work in this process. What a role of its own reads is null where that role is played elsewhere. */
export interface OpenOrganisation {
  readonly organisation: Organisation
  readonly shelf: Shelf
  readonly clock: Clock
  readonly publicUrl: string
  /** Names this process among those that may lead a job. */
  readonly holder: string
  /** The resource that agents' tokens are for (RFC 8707): the gateway. */
  readonly resource: string
  readonly issuer: Issuer
  readonly issuerKeys: KeptKeys
  /** What signs certificates of retirement; null where the issuer is played elsewhere. */
  readonly certifier: Certifier | null
  readonly authorizationServer: AuthorizationServer | null
  readonly record: KeptRecord
  /** Asked before anything of consequence is done. */
  readonly recordWatch: RecordWatch
  /** The keys of outside issuers whose workloads are agents. */
  readonly outsideKeys: OutsideKeys
  /** How tokens stand, as far as it is known without reading the store. */
  readonly standing: KnownStanding
  /** What evaluations are answered from, as far as it is known without reading the store. */
  readonly inputs: KnownInputs
  /** The applications of the decision point, compiled. */
  readonly applications: ApplicationKeeper
  /** Who asks the decision point, as far as it is known without reading the store. */
  readonly points: KnownPoints
  /** Has what evaluations are answered from forgotten where another process has changed it. */
  readonly versionWatch: VersionWatch
  /** What proofs repeat where that was settled, at the issuer and at the gateway. */
  readonly nonces: ProofNonces
  readonly logKeeper: LogKeeper | null
  readonly witnessKeeper: WitnessKeeper | null
  /** Where the files of its logs are. */
  readonly places: LogPlaces
  readonly policies: PolicyKeeper
  /** What its keys are sealed under. */
  readonly encryption: KeyEncryptionKey
  readonly fingerprintKey: Uint8Array | null
  /** By what people are told. */
  readonly ways: NotificationWays | null
  /** By what the record is exported. */
  readonly exporting: ExportWays | null
  /** By what signals are told and heard. */
  readonly signals: SignalWays | null
}

/** Opens an organisation: shipped policies in force, and each key unsealed only where its role is played. */
export async function openOrganisation(given: OpenOrganisationDeps): Promise<OpenOrganisation> {
  const standing = new KnownStanding(given)
  const { forget: forgetAnswers, ...answering } = answeringParts(given)
  const forget = (): void => {
    standing.forget()
    forgetAnswers()
  }
  const deps = { ...given, shelf: noticingShelf(given.shelf, forget) }
  const { organisation, shelf, clock, config, publicUrl } = deps
  const plays = new Set(config.roles)
  const { production, channelNetworks } = config
  await seedPolicies({ organisation, clock, transact: shelf.transact, production })
  const resource = `${publicUrl}/mcp`
  const recordWatch = watchOf(deps)
  const rules = targetRules({ production, listed: channelNetworks })
  const outsideKeys = new OutsideKeys({ rules, clock })
  const nonces = await openNonces(deps)
  const policies = config.oracle ? PolicyKeeper.besideOracle() : new PolicyKeeper()
  const parts = { resource, record: recordWatch, policies, outsideKeys, nonces, standing }
  const issuing = await issuerParts(deps, parts)
  const places = openLogPlaces(config.logStore, join(config.data, "log"))
  const holder = holderOf(config)
  const logKeeper = plays.has("publisher") ? await openLogKeeper({ ...deps, holder }, places) : null
  return {
    organisation,
    shelf,
    clock,
    publicUrl,
    holder,
    resource,
    ...issuing,
    // Files are reached by the process that publishes; those in a bucket by every process.
    record: logKeeper ?? knownRecord({ ...deps, places: config.logStore && places }),
    recordWatch,
    standing,
    ...answering,
    nonces,
    outsideKeys,
    logKeeper,
    witnessKeeper: logKeeper && openWitnessKeeper(deps, places, logKeeper),
    places,
    policies,
    encryption: deps.encryption,
    fingerprintKey: plays.has("scanner")
      ? await vaultKey({ ...deps, transact: shelf.transact }, "fingerprint")
      : null,
    ...(await waysOut(deps, plays.has("control"))),
  }
}

type AnsweringParts = Pick<OpenOrganisation, "inputs" | "applications" | "points" | "versionWatch">

/** What evaluations are answered from, without reading the store for each, and how all of it is forgotten. */
function answeringParts({
  shelf,
  clock,
  config,
}: OpenOrganisationDeps): AnsweringParts & { readonly forget: () => void } {
  const inputs = new KnownInputs()
  const judging = config.oracle ? { judged: judgedTwice } : {}
  const applications = new ApplicationKeeper({ ...shelf, clock, ...judging })
  const points = new KnownPoints({ shelf, clock })
  const forget = (): void => {
    inputs.forget()
    applications.forget()
    points.forget()
  }
  return {
    inputs,
    applications,
    points,
    versionWatch: new VersionWatch({ ...shelf, clock, forget }),
    forget,
  }
}

async function openNonces(deps: OpenOrganisationDeps): Promise<ProofNonces> {
  const vault = { ...deps, transact: deps.shelf.transact }
  return new ProofNonces(await vaultKey(vault, "proof-nonce"), deps.clock)
}

/** By what the process that plays control reaches people and programs outside. */
async function waysOut(
  deps: OpenOrganisationDeps,
  playsControl: boolean,
): Promise<Pick<OpenOrganisation, "ways" | "exporting" | "signals">> {
  if (!playsControl) return { ways: null, exporting: null, signals: null }
  return {
    ways: await openWays(deps),
    exporting: await openExport(deps),
    signals: await openSignals(deps),
  }
}

type IssuingParts = Pick<OpenOrganisation, "issuer" | "issuerKeys" | "authorizationServer" | "certifier">

async function issuerParts(
  deps: OpenOrganisationDeps,
  settings: Parameters<typeof openIssuer>[1],
): Promise<IssuingParts> {
  if (deps.config.roles.includes("issuer")) {
    const { issuer, keys } = await openIssuer(deps, settings)
    const certifier = issuerCertifier(issuer.issuer, keys)
    return { issuer, issuerKeys: keys, authorizationServer: issuer, certifier }
  }
  const { issuer, keys } = await knownIssuer(deps)
  return { issuer, issuerKeys: keys, authorizationServer: null, certifier: null }
}

/** What is signed at times of its own is late only beyond the next of them. */
function watchOf({ shelf, clock, config }: OpenOrganisationDeps): RecordWatch {
  const { required, patienceMs } = config.record
  return new RecordWatch({
    snapshot: shelf.snapshot,
    clock,
    required,
    patienceMs: patienceMs + config.logEveryMs,
  })
}

/** One process at a time has a file: the next one is the same holder, and leads at once, however the last one ended. */
function holderOf({ store }: Config): string {
  return store.kind === "sqlite" ? "the one process" : newHandle()
}
