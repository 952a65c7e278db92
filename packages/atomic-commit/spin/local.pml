/*
 * Presumed abort with kept decisions, tombstones and cooperative termination (SPEC.md), decided by
 * compare-and-set in the coordinator's database. One action is one database transaction; a message
 * is a fact that stays true once sent, so it may be lost, late, repeated or reordered at will.
 * Replicas of the coordinator share its row and gather votes each for itself.
 */
#ifndef N
#define N 4 /* participants besides the coordinator */
#endif
#define R 2 /* replicas of the coordinator's node */
#define ALL ((1 << N) - 1)

mtype = { none, preparing, prepared, committed, aborted };

mtype coordinator = none;
mtype participant[N] = none;

/* Sent facts. */
bool prepareSent;
byte yesSent;     /* bit i: participant i has signed YES */
byte noSent;      /* bit i: participant i has signed NO */
bool commitSent;  /* a commit certificate is on its way somewhere */
bool abortSent;   /* the coordinator's signed abort is */
byte asked;       /* bit i: participant i, in doubt, has asked its peers */
byte told;        /* bit i: participant i has answered a peer with its NO */
byte acked;       /* bit i: participant i has acknowledged a decision */

byte votes[R];    /* volatile */
bool ownHold;

#define BIT(i) (1 << (i))

/* I1: nobody ever sees both outcomes. */
byte seenCommit;
byte seenAbort;
#define SEE_COMMIT d_step { seenCommit = 1; assert(!seenAbort) }
#define SEE_ABORT d_step { seenAbort = 1; assert(!seenCommit) }

/* Scratch, no part of the state. */
hidden byte i, r;

active proctype node_of_coordinator() {
end:
  do
  :: atomic { coordinator == none ->
       if
       :: coordinator = preparing; ownHold = true; prepareSent = true
       :: coordinator = aborted; SEE_ABORT /* own branch refused: nobody is asked */
       fi }
  :: atomic { coordinator == preparing -> /* deadline */
       coordinator = aborted; ownHold = false; abortSent = true; SEE_ABORT }
  :: atomic { coordinator == preparing && noSent != 0 ->
       coordinator = aborted; ownHold = false; abortSent = true; SEE_ABORT }
#ifdef RACY_DECIDE
  :: atomic { yesSent != 0 -> /* a vote reaches a replica, which decides from a cached read */
#else
  :: atomic { yesSent != 0 && coordinator == preparing -> /* a vote reaches a replica, which decides when it has all */
#endif
       select(i : 0 .. (N - 1)); select(r : 0 .. (R - 1));
       if
       :: (yesSent & BIT(i)) && !(votes[r] & BIT(i)) ->
          votes[r] = votes[r] | BIT(i);
          if
#ifdef MAJORITY_COMMITS
          :: (votes[r] != 0) &&
#else
          :: (votes[r] == ALL) &&
#endif
#ifdef RACY_DECIDE
             (coordinator != none) ->
#else
             (coordinator == preparing) ->
#endif
             coordinator = committed; ownHold = false; commitSent = true;
             assert(yesSent == ALL); SEE_COMMIT
          :: else
          fi
       :: else
       fi }
  :: atomic { votes[0] != 0 && coordinator == preparing -> votes[0] = 0 } /* a replica dies */
  :: atomic { votes[1] != 0 && coordinator == preparing -> votes[1] = 0 }
#ifdef PRESUME_WHILE_VOTING
  :: atomic { coordinator == preparing && asked != 0 -> abortSent = true }
#endif
  od
}

proctype node_of_participant(byte me) {
end:
  do
  :: atomic { prepareSent && participant[me] == none ->
       if
       :: participant[me] = prepared; yesSent = yesSent | BIT(me);
          assert(!(acked & BIT(me))) /* I8: no hold after an acknowledged abort */
       :: participant[me] = aborted; noSent = noSent | BIT(me)
       fi }
  :: atomic { commitSent && participant[me] != committed ->
       assert(participant[me] == prepared);
       participant[me] = committed; acked = acked | BIT(me); SEE_COMMIT }
  :: atomic { abortSent && participant[me] == prepared ->
       participant[me] = aborted; acked = acked | BIT(me); SEE_ABORT }
  :: atomic { abortSent && participant[me] == none -> /* tombstone, R13 */
#ifdef NO_TOMBSTONE
       acked = acked | BIT(me)
#else
       participant[me] = aborted; acked = acked | BIT(me)
#endif
     }
  :: atomic { participant[me] == prepared && !(asked & BIT(me)) -> asked = asked | BIT(me) }
  :: atomic { (asked & ~BIT(me)) != 0 && participant[me] == none -> /* tombstone, R14 */
#ifdef PEER_WITHOUT_RECORD
       told = told | BIT(me)
#else
       participant[me] = aborted; noSent = noSent | BIT(me); told = told | BIT(me)
#endif
     }
  :: atomic { (noSent & BIT(me)) && !(told & BIT(me)) && (asked & ~BIT(me)) != 0 ->
       told = told | BIT(me) }
  :: atomic { (told & ~BIT(me)) != 0 && participant[me] == prepared -> /* a peer's NO ends it */
       participant[me] = aborted; SEE_ABORT }
#ifdef UNILATERAL_ABORT
  :: atomic { participant[me] == prepared -> participant[me] = aborted; SEE_ABORT }
#endif
  od
}

/* I3: when nothing can move any more, everything is decided and nothing is on hold. */
active proctype law() {
  timeout -> atomic {
    for (i : 0 .. (N - 1)) { assert(participant[i] != prepared) }
    assert(coordinator == committed || coordinator == aborted);
    assert(!ownHold)
  }
}

init {
  atomic { for (i : 0 .. (N - 1)) { run node_of_participant(i) } }
}
