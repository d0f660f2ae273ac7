import type { OwnPoliciesInput, PolicyPlaceInput } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { TextDifference } from "../../components/text-difference.tsx"
import { usePolicyComparison, usePutPolicies } from "../../data/own-policies-query.ts"

interface RestoreProps {
  readonly place: PolicyPlaceInput
  readonly version: number
  /** The version in force. */
  readonly seen: number
}

/** Puts an earlier version of a document in force again, after showing what it takes back. A manifest is put by its own editor. */
export function RestoreButton({ place, version, seen }: RestoreProps): ReactNode {
  const [open, setOpen] = useState(false)
  const { kind, subject } = place
  if (kind === "manifest") return null
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Put version {version} in force again…
      </Button>
      {open && (
        <RestoreDialog
          place={{ kind, subject }}
          version={version}
          seen={seen}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

function RestoreDialog(
  props: RestoreProps & { place: Pick<OwnPoliciesInput, "kind" | "subject">; onClose: () => void },
): ReactNode {
  const { place, version, seen, onClose } = props
  const { mutate, isPending, error } = usePutPolicies()
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Put version ${version} in force again`}
      description={`It becomes version ${seen + 1}, and is in force at the next decision.`}
    >
      <div className="space-y-3 px-5 pb-5">
        <Loaded
          reading={readingOf(usePolicyComparison(place, { from: seen, to: version }))}
          what="What it changes"
          loading={<SkeletonLines lines={4} />}
          isEmpty={() => false}
          empty={null}
          partial={() => null}
        >
          {({ lines }) => (
            <TextDifference lines={lines} label={`What version ${version} changes of version ${seen}`} />
          )}
        </Loaded>
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button
          look="primary"
          busy={isPending}
          onClick={() => mutate({ ...place, restore: version, seen }, { onSuccess: onClose })}
        >
          Put it in force as version {seen + 1}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
