import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { TextAreaField } from "../../components/field.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useLogPolicy, usePutLogPolicy } from "../../data/log-policy-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"

const EXAMPLE = `witness north VERIFIER-KEY https://north.example/
witness south VERIFIER-KEY https://south.example/
group two 2 north south
quorum two`

/** Lets an administrator settle who witnesses the log. */
export function SettleWitnesses(): ReactNode {
  const { user } = useSignedIn()
  const [open, setOpen] = useState(false)
  if (user.role !== "administrator") return null
  return (
    <>
      <Button size="small" className="mt-1.5" onClick={() => setOpen(true)}>
        Settle who witnesses it…
      </Button>
      {open && (
        <Dialog
          open
          onClose={() => setOpen(false)}
          title="Who witnesses the log?"
          description="A witness signs what only grows. One that is not yours makes a history that was written anew evident to everybody else."
        >
          <Policy onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  )
}

function Policy({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Loaded
      reading={readingOf(useLogPolicy())}
      what="The trust policy"
      loading={
        <div className="px-5 pb-5">
          <SkeletonLines lines={5} />
        </div>
      }
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {({ text }) => <PolicyForm kept={text ?? ""} onClose={onClose} />}
    </Loaded>
  )
}

function PolicyForm({ kept, onClose }: { kept: string; onClose: () => void }): ReactNode {
  const [text, setText] = useState(kept)
  const { mutate, isPending, error } = usePutLogPolicy()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate({ text: text.endsWith("\n") ? text : `${text}\n` }, { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <TextAreaField
          label="Trust policy"
          hint="Lines of C2SP tlog-policy: each witness with its name, key and address, groups, and the quorum. “quorum none” asks for no witness."
          required
          rows={7}
          maxLength={10_000}
          spellCheck={false}
          className="font-mono text-small"
          placeholder={EXAMPLE}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <p className="text-small text-pretty text-soft">
          Every witness is asked again, also one that has seen another history. The change stands in the
          record, with your name.
        </p>
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button type="submit" look="primary" busy={isPending} disabled={text.trim() === ""}>
          Settle the policy
        </Button>
      </DialogFoot>
    </form>
  )
}
