import { join } from "node:path"
import type { Sink, SinkBox, SinkCarrier, SinkContents } from "@tabard/control"
import { vaultKey } from "../keys/key-vault.ts"
import { targetRules } from "../notifications/guard-address.ts"
import type { OpenOrganisationDeps } from "../organisation/organisation-deps.ts"
import { programVersion } from "../program-version.ts"
import { carrierOf } from "./carriers/carrier-of.ts"
import { contentOfCheckpoint } from "./contents/checkpoint-content.ts"
import { contentOf } from "./contents/content-of.ts"
import { openedSink } from "./opened-sink.ts"
import { sinkBox } from "./sink-box.ts"

/** By what the record is exported: what seals and opens sinks, and what carries to each. */
export interface ExportWays {
  readonly box: SinkBox
  carrier(sink: Sink): SinkCarrier
}

/** What is carried, in each content there is. */
export const EXPORT_CONTENTS: SinkContents = { entry: contentOf, checkpoint: contentOfCheckpoint }

/** What carries to a sink that this program cannot read: nothing, until a person has looked at it. */
const UNFIT: SinkCarrier = {
  portion: { items: 1, bytes: 1 },
  carry: async () => ({ kind: "held", reason: "this program cannot read how it is set up: make it anew" }),
  [Symbol.asyncDispose]: async () => undefined,
}

/** Opens what the record is exported by, with the data key: for the process that plays control. */
export async function openExport(deps: OpenOrganisationDeps): Promise<ExportWays> {
  const { config, organisation, shelf, clock } = deps
  const { production, channelNetworks, data } = config
  const box = sinkBox(organisation, await vaultKey({ ...deps, transact: shelf.transact }, "data"))
  const carrying = {
    clock,
    rules: targetRules({ production, listed: channelNetworks }),
    exportFolder: join(data, "export"),
    host: organisation.trustDomain,
    version: await programVersion(),
  }
  return {
    box,
    carrier(sink) {
      try {
        return carrierOf(openedSink(box, sink), carrying)
      } catch (error) {
        deps.onFault(error)
        return UNFIT
      }
    },
  }
}
