/** What `onError` hears of a run that failed; its cause is what was thrown. */
export class JobError extends Error {
  override readonly name = "JobError";
  readonly job: string;
  readonly jobId: string;
  /** 1 for the first run. */
  readonly attempt: number;
  /** It will not run again by itself: it is among the dead letters. */
  readonly isDead: boolean;

  constructor(job: string, jobId: string, attempt: number, isDead: boolean, cause: unknown) {
    const what = cause instanceof Error ? cause.message : String(cause);
    super(`run ${attempt} of the job '${job}' (${jobId}) failed${isDead ? " for good" : ""}: ${what}`, {
      cause,
    });
    this.job = job;
    this.jobId = jobId;
    this.attempt = attempt;
    this.isDead = isDead;
  }
}
