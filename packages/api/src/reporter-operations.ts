import { z } from "zod"
import { readers, stewards } from "./access-groups.ts"
import * as inputs from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { list, post } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import type { EnrolmentOffer } from "./views/enrolment.ts"
import { EnrolledReporter, ReporterView } from "./views/reporter.ts"

/** The machines that push what they scan. */
export interface ReporterOperations {
  readonly listReporters: Operation<PageQuery, Page<ReporterView>>
  readonly offerReporterEnrolment: Operation<inputs.ReporterName, EnrolmentOffer>
  readonly revokeReporter: Operation<inputs.WithReason, inputs.Nothing>
  readonly enrolReporter: Operation<inputs.ReporterEnrolment, EnrolledReporter>
}

export const REPORTER_OPERATIONS: ReporterOperations = {
  listReporters: list("/reporters", readers, "Machines that push what they scan", Paged, ReporterView),
  offerReporterEnrolment: post(
    "/reporters",
    stewards,
    "Makes a one-time code by which a machine enrols as a reporter",
    inputs.ReporterName,
    z.object({ code: z.string(), expiresAt: z.string() }),
  ),
  revokeReporter: post(
    "/reporters/:id/revocation",
    stewards,
    "Refuses a reporter from now on; what it saw stays",
    inputs.WithReason,
    inputs.Nothing,
  ),
  enrolReporter: post(
    "/reporter-enrolments",
    "public",
    "Enrols a reporter's key by a one-time code",
    inputs.ReporterEnrolment,
    EnrolledReporter,
  ),
}
