import type { EventDetail, EventProofView } from "@tabard/api"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { DrawerPart } from "../../components/drawer.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Icon, type IconName } from "../../components/icon.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useEventProof } from "../../data/events-query.ts"
import { saveFile } from "../../data/save-file.ts"
import { grouped } from "../../words/count.ts"
import { VerifyHere } from "./verify-here.tsx"

/** How far an event has come on its way to being provable, and what proves it. */
export function EventProof({ event }: { event: EventDetail }): ReactNode {
  return (
    <DrawerPart title="Proof">
      <Loaded
        reading={readingOf(useEventProof(event.id))}
        what="The proof"
        loading={<SkeletonLines lines={3} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(proof) => <Standing event={event} proof={proof} />}
      </Loaded>
    </DrawerPart>
  )
}

function Standing({ event, proof }: { event: EventDetail; proof: EventProofView }): ReactNode {
  return (
    <div className="space-y-3">
      <ol className="space-y-1.5">
        <Step icon="check" done>
          Kept
          {event.index === null
            ? "; it waits for its place in the record"
            : `, with place ${grouped(event.index)}`}
        </Step>
        <Step icon={proof.published ? "check" : "proposed"} done={proof.published}>
          {proof.published
            ? `Included in the checkpoint of ${sizeOf(proof.checkpoint)} entries, as entry ${grouped(proof.index ?? 0)}`
            : "Waits for the next signed checkpoint"}
        </Step>
        {proof.witnesses.map(({ name, time }) => (
          <Step key={name} icon="check" done>
            Seen by the witness <Said text={name} />, <Moment at={time} />
          </Step>
        ))}
        {proof.published && proof.witnesses.length === 0 && (
          <Step icon="warning" done={false}>
            No witness has signed this checkpoint: it rests on the log's own key
          </Step>
        )}
      </ol>
      {proof.proof !== null && (
        <>
          <VerifyHere event={event} />
          <Files event={event} proof={proof} />
        </>
      )}
    </div>
  )
}

function Step(props: { icon: IconName; done: boolean; children: ReactNode }): ReactNode {
  return (
    <li className="flex items-start gap-2">
      <Icon name={props.icon} className={`mt-0.5 size-4 ${props.done ? "text-permit" : "text-ask"}`} />
      <span className="min-w-0 text-pretty wrap-anywhere">{props.children}</span>
    </li>
  )
}

/** What is taken to software of others: the proof, and the exact bytes that it is of. */
function Files({ event, proof }: { event: EventDetail; proof: EventProofView }): ReactNode {
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        onClick={() =>
          saveFile({ name: `${event.id}.tlog-proof`, type: "text/plain", parts: [proof.proof ?? ""] })
        }
      >
        Download proof
      </Button>
      <Button
        onClick={() =>
          saveFile({ name: `${event.id}.entry`, type: "application/json", parts: [bytesOf(proof.entry)] })
        }
      >
        Download entry
      </Button>
    </div>
  )
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

function sizeOf(checkpoint: string | null): string {
  return grouped(Number(checkpoint?.split("\n")[1] ?? 0))
}
