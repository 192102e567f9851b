package store

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestCommitWaitsForSendersWhoWereJustAnswered(t *testing.T) {
	t.Parallel()
	const slow = time.Minute // commits for which patience is at its most
	tests := []struct {
		name     string
		last     int // writes in the last group
		took     time.Duration
		meantime int           // writes that came during its commit, the leader's included
		comes    time.Duration // how soon one more write comes
		want     int
		after    time.Duration
	}{
		{"one sender waits for nobody", 1, slow, 0, maxPatience / 2, 1, 0},
		{"an answered sender who comes back shares the commit", 1, slow, 1, maxPatience / 2, 2, maxPatience / 2},
		{"one who does not holds it up only so long", 1, slow, 1, 2 * maxPatience, 1, maxPatience},
		{"and for a part of what a commit takes", 1, 4 * time.Microsecond, 1, maxPatience, 1, 4 * time.Microsecond / patienceShare},
		{"nobody was answered: nothing to wait for", 0, slow, 3, maxPatience / 2, 3, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := commits{leading: true}
				for range tt.meantime {
					c.queue(&write{turn: make(chan turn, 1)})
				}
				c.passOn(tt.last, tt.took)
				if tt.meantime == 0 {
					c.queue(&write{turn: make(chan turn, 1)})
				}
				start := time.Now()
				var sender sync.WaitGroup
				defer sender.Wait()
				sender.Go(func() {
					time.Sleep(tt.comes)
					c.queue(&write{turn: make(chan turn, 1)})
				})
				if got, after := len(c.gather()), time.Since(start); got != tt.want || after != tt.after {
					t.Errorf("group of %d after %v, want %d after %v", got, after, tt.want, tt.after)
				}
			})
		})
	}
}
