import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react"
import { SelectBox } from "./select-box.tsx"

const BOX =
  "w-full rounded-md border border-edge bg-ground px-2.5 text-ink placeholder:text-faint max-md:text-lead disabled:opacity-60"

interface Labelled {
  readonly label: string
  readonly hint?: ReactNode
}

/** A one-line text field with its label and what to write in it. */
export function TextField(props: Labelled & InputHTMLAttributes<HTMLInputElement>): ReactNode {
  const { label, hint, className = "", ...rest } = props
  return (
    <Field label={label} hint={hint}>
      {(ids) => <input {...rest} {...ids} className={`${BOX} h-8 max-md:h-10 ${className}`} />}
    </Field>
  )
}

/** A text field of several lines. */
export function TextAreaField(props: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement>): ReactNode {
  const { label, hint, className = "", ...rest } = props
  return (
    <Field label={label} hint={hint}>
      {(ids) => <textarea rows={3} {...rest} {...ids} className={`${BOX} py-1.5 ${className}`} />}
    </Field>
  )
}

/** A choice of one out of a few, as the platform draws it. */
export function SelectField(props: Labelled & SelectHTMLAttributes<HTMLSelectElement>): ReactNode {
  const { label, hint, className = "", children, ...rest } = props
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <SelectBox {...rest} {...ids} className={`w-full ${className}`}>
          {children}
        </SelectBox>
      )}
    </Field>
  )
}

/** A box to tick, with the words that are agreed to. */
export function CheckField(
  props: { readonly label: ReactNode; readonly hint?: ReactNode } & InputHTMLAttributes<HTMLInputElement>,
): ReactNode {
  const { label, hint, ...rest } = props
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <input {...rest} id={id} type="checkbox" className="mt-0.5 size-4 shrink-0 accent-accent-fill" />
      <label htmlFor={id} className="min-w-0 flex-1 leading-5">
        {label}
        {hint && <span className="block text-small text-faint">{hint}</span>}
      </label>
    </div>
  )
}

interface FieldIds {
  readonly id: string
  readonly "aria-describedby": string | undefined
}

function Field(props: Labelled & { children: (ids: FieldIds) => ReactNode }): ReactNode {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block font-medium">
        {props.label}
      </label>
      {props.children({ id, "aria-describedby": props.hint ? hintId : undefined })}
      {props.hint && (
        <p id={hintId} className="text-small text-faint">
          {props.hint}
        </p>
      )}
    </div>
  )
}
