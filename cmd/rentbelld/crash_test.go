package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// crashRounds in the environment asks for more than the few rounds of every run:
//
//	RENTBELLD_CRASH_ROUNDS=200 go test ./cmd/rentbelld -run KilledAtRandom -timeout 1h
const crashRounds = "RENTBELLD_CRASH_ROUNDS"

// acknowledgements are what senders were told is kept.
type acknowledgements struct {
	mu  sync.Mutex
	ids map[string]int // with the cents of each
}

func (a *acknowledgements) add(id string, cents int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ids[id] = cents
}

func TestKilledAtRandomMomentsNothingAcknowledgedIsLost(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills processes for seconds")
	}
	rounds := 4
	if n, err := strconv.Atoi(os.Getenv(crashRounds)); err == nil {
		rounds = n
	}
	dir := t.TempDir()
	told := &acknowledgements{ids: map[string]int{}}
	for round := range rounds {
		p, address := serveOn(t, dir)
		killUnderLoad(t, p, address, round, told)
		if round%10 == 9 || round == rounds-1 {
			holdToAcknowledged(t, dir, told)
		}
	}
	t.Logf("%d rounds, %d deliveries acknowledged", rounds, len(told.ids))
}

// killUnderLoad delivers from 32 connections until p is killed, after up to a
// second. Every fifth delivery is sent twice.
func killUnderLoad(t *testing.T, p *process, address string, round int, told *acknowledgements) {
	const connections = 32
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	end := time.AfterFunc(time.Duration(1+rand.IntN(1000))*time.Millisecond, func() { _ = p.cmd.Process.Signal(syscall.SIGKILL) })
	defer end.Stop()
	var senders sync.WaitGroup
	for c := range connections {
		senders.Go(func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("evt_%d_%d_%d", round, c, i-i%5/4) // the fifth of five is the fourth again
				status, _, err := deliver(ctx, client, address, rent(id, "2026-06-18T10:40:00Z", 100+c))
				if err != nil {
					return // killed
				}
				if status != http.StatusOK {
					t.Errorf("%s: status %d", id, status)
					return
				}
				told.add(id, 100+c)
			}
		})
	}
	senders.Wait()
	<-p.exited
}

// holdToAcknowledged looks for every acknowledged id, once, and recounts.
func holdToAcknowledged(t *testing.T, dir string, told *acknowledgements) {
	t.Helper()
	code, out, errs := commandOf(t, time.Minute, "check", "--data", dir, "--json")
	if code != 0 {
		t.Fatalf("check: exit code %d, %s%s", code, out, errs)
	}
	_, out, _ = commandOf(t, time.Minute, "events", "--data", dir, "--json")
	stored, cents := map[string]int{}, 0
	decoder := json.NewDecoder(strings.NewReader(out))
	for seq := 1; decoder.More(); seq++ {
		var e struct {
			Seq  int    `json:"seq"`
			ID   string `json:"id"`
			Data struct {
				Cents int `json:"amount_cents"`
			} `json:"data"`
		}
		if err := decoder.Decode(&e); err != nil || e.Seq != seq {
			t.Fatalf("event %d has seq %d: %v", seq, e.Seq, err)
		}
		stored[e.ID]++
		cents += e.Data.Cents
	}
	for id, n := range stored {
		if n != 1 {
			t.Errorf("%s is stored %d times", id, n)
		}
	}
	for id := range told.ids {
		if stored[id] != 1 {
			t.Errorf("%s was acknowledged and is stored %d times", id, stored[id])
		}
	}
	_, _, errs = commandOf(t, time.Minute, "export", "payments", "--data", dir, "--from", "2026-06-17", "--to", "2026-06-19", "--format", "full", "--out", "-")
	if want := fmt.Sprintf("%d payments exported, %d.%02d in all", len(stored), cents/100, cents%100); !strings.Contains(errs, want) {
		t.Errorf("export says %q, want %q", errs, want)
	}
}

// commandOf is command with a time limit of its own.
func commandOf(t testing.TB, most time.Duration, args ...string) (code int, out, errs string) {
	t.Helper()
	p := start(t, nil, args...)
	code = p.wait(t, most)
	return code, p.out.String(), p.err.String()
}
