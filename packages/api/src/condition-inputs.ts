import { MOST_NETWORKS, MOST_WINDOWS, type TimeWindow, WEEKDAYS } from "@tabard/core"
import { z } from "zod"

const TimeWindow: z.ZodType<TimeWindow> = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1).max(WEEKDAYS.length),
  from: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "has to be a time as 08:00"),
  to: z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, "has to be a time as 18:00, 24:00 at most"),
  zone: z.string().min(1).max(64),
})

/** Networks (CIDR) from which agents may act. */
export const NetworksInput: z.ZodType<readonly string[]> = z
  .array(z.union([z.cidrv4(), z.cidrv6()]))
  .max(MOST_NETWORKS)

/** Hours within which agents may act. */
export const HoursInput: z.ZodType<readonly TimeWindow[]> = z.array(TimeWindow).max(MOST_WINDOWS)
