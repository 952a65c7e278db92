/*
 * The decision register (SPEC.md): votes as in local.pml, but a commit is decided by single-decree
 * Paxos over three witnesses. Ballot 0 is the coordinator's, for commit only; recovery ballots are
 * k·N + index with k from 1 to ROUNDS. The coordinator may still abort by itself as long as it has
 * proposed nothing. Every action may stay undone for ever, so a bank that dies for good is covered.
 */
#ifndef P
#define P 2 /* participants besides the coordinator */
#endif
#ifndef ROUNDS
#define ROUNDS 1
#endif
#define BANKS (P + 1) /* proposers: the coordinator is number 0 */
#define W 3
#define MAJORITY 2
#define BALLOTS (BANKS * (ROUNDS + 1))
#define ALL ((1 << P) - 1)
#define BIT(i) (1 << (i))
#define TWO(set) ((set) == 3 || (set) == 5 || (set) == 6 || (set) == 7)

mtype = { none, preparing, proposed, prepared, committed, aborted };

mtype bank[BANKS] = none; /* bank[0] is the coordinator's record */

bool prepareSent;
byte yesSent;
bool abortProof;  /* a signed NO, or the coordinator's signed abort, has been seen by someone */
bool commitProof; /* a majority of accepts has been seen by someone */

/* Witnesses. Ballots are stored plus one, so that 0 means none. */
byte promised[W];
byte acceptedAt[W];
bool acceptedCommit[W];
/* acceptedEver[b]: which witnesses ever accepted at ballot b. */
byte acceptedEver[BALLOTS];

/* Proposals: each bank has one at a time. */
byte round[BANKS];       /* of the recovery ballot in progress; 0 = none */
bool valueFixed[BANKS];
bool valueCommit[BANKS];
byte promises[BANKS];    /* which witnesses promised */
byte highest[BANKS];     /* highest accepted ballot reported, plus one */
bool highestCommit[BANKS];

#define BALLOT(p) (round[p] * BANKS + (p))

byte seenCommit;
byte seenAbort;
#define SEE_COMMIT d_step { seenCommit = 1; assert(!seenAbort) }
#define SEE_ABORT d_step { seenAbort = 1; assert(!seenCommit) }

inline accept(b, isCommit, w) {
  acceptedAt[w] = b + 1; acceptedCommit[w] = isCommit; promised[w] = b + 1;
  acceptedEver[b] = acceptedEver[b] | BIT(w);
  if
  :: TWO(acceptedEver[b]) ->
     if
     :: isCommit -> SEE_COMMIT
     :: else -> SEE_ABORT
     fi
  :: else
  fi
}

/* Scratch, no part of the state. */
hidden byte w, b, i;

active proctype node_of_coordinator() {
end:
  do
  :: atomic { bank[0] == none -> bank[0] = preparing; prepareSent = true }
  :: atomic { bank[0] == preparing ->
       bank[0] = aborted; abortProof = true; SEE_ABORT }
  :: atomic { bank[0] == preparing && yesSent == ALL -> bank[0] = proposed }
#ifdef ABORT_AFTER_PROPOSING
  :: atomic { bank[0] == proposed ->
       bank[0] = aborted; abortProof = true; SEE_ABORT }
#endif
#ifdef COMMIT_WITHOUT_REGISTER
  :: atomic { bank[0] == proposed -> bank[0] = committed; commitProof = true; SEE_COMMIT }
#endif
  :: atomic { bank[0] == proposed && round[0] == 0 -> /* ballot 0 reaches a witness */
       select(w : 0 .. (W - 1));
       if
       :: promised[w] <= 1 && acceptedAt[w] == 0 -> accept(0, true, w)
       :: else
       fi }
  :: atomic { bank[0] == proposed && TWO(acceptedEver[0]) ->
       bank[0] = committed; commitProof = true; SEE_COMMIT }
  :: atomic { (bank[0] == proposed || bank[0] == preparing) && abortProof ->
       bank[0] = aborted }
  :: atomic { bank[0] == proposed && commitProof -> bank[0] = committed }
  od
}

/* Recovery by bank p: the coordinator once it has proposed, a participant while in doubt. */
proctype proposer(byte p) {
end:
  do
  :: atomic { round[p] < ROUNDS &&
       ((p == 0 && bank[0] == proposed) || (p != 0 && bank[p] == prepared)) ->
       round[p]++; valueFixed[p] = false; promises[p] = 0; highest[p] = 0 }
  :: atomic { round[p] > 0 && !valueFixed[p] -> /* phase 1 reaches a witness, and its answer p */
       select(w : 0 .. (W - 1)); b = BALLOT(p);
       if
       :: promised[w] <= b + 1 && !(promises[p] & BIT(w)) ->
#ifndef PROMISE_NOT_KEPT
          promised[w] = b + 1;
#endif
          promises[p] = promises[p] | BIT(w);
          if
          :: acceptedAt[w] > highest[p] ->
             highest[p] = acceptedAt[w]; highestCommit[p] = acceptedCommit[w]
          :: else
          fi
       :: else
       fi }
#ifdef MINORITY
  :: atomic { round[p] > 0 && !valueFixed[p] && promises[p] != 0 ->
#else
  :: atomic { round[p] > 0 && !valueFixed[p] && TWO(promises[p]) ->
#endif
       valueFixed[p] = true;
#ifdef IGNORE_ACCEPTED
       valueCommit[p] = false
#else
       valueCommit[p] = (highest[p] != 0 && highestCommit[p])
#endif
     }
  :: atomic { round[p] > 0 && valueFixed[p] -> /* phase 2 reaches a witness */
       select(w : 0 .. (W - 1)); b = BALLOT(p);
       if
       :: promised[w] <= b + 1 && acceptedAt[w] != b + 1 -> accept(b, valueCommit[p], w)
       :: else
       fi }
  :: atomic { round[p] > 0 && valueFixed[p] && TWO(acceptedEver[BALLOT(p)]) &&
       (bank[p] == prepared || (p == 0 && bank[0] == proposed)) ->
       if
       :: valueCommit[p] -> bank[p] = committed; commitProof = true; SEE_COMMIT
       :: else -> bank[p] = aborted; abortProof = true; SEE_ABORT
       fi }
  od
}

proctype node_of_participant(byte me) {
end:
  do
  :: atomic { prepareSent && bank[me] == none ->
       if
       :: bank[me] = prepared; yesSent = yesSent | BIT(me - 1)
       :: bank[me] = aborted; abortProof = true; SEE_ABORT /* refused, or asked by a peer, R14 */
       fi }
  :: atomic { abortProof && bank[me] == none -> bank[me] = aborted }
  :: atomic { abortProof && bank[me] == prepared -> bank[me] = aborted; SEE_ABORT }
  :: atomic { commitProof && bank[me] == prepared -> bank[me] = committed; SEE_COMMIT }
  od
}

init {
  atomic {
    for (i : 0 .. (BANKS - 1)) { run proposer(i) }
    for (i : 1 .. (BANKS - 1)) { run node_of_participant(i) }
  }
}
