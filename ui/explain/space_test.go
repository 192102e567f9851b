package explain

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"rentbell/core"
)

func TestEveryRefusalToReadBackHasWords(t *testing.T) {
	titles := map[string]bool{}
	for _, e := range []*core.Refused{
		{Err: errors.New("connection reset")}, {Err: context.DeadlineExceeded}, {Status: 429}, {Status: 500}, {Status: 533}, {Status: 701},
		{Status: 404}, {Status: 404, Message: "no such report"},
	} {
		w := English.Error(fmt.Errorf("read work orders: %w", e))
		checkWords(t, e.Error(), w)
		titles[w.Title] = true
	}
	if len(titles) < 6 {
		t.Errorf("different refusals share their words: %v", titles)
	}
}

func TestTheCheckOfADeveloperSpaceSpeaksOfItsPage(t *testing.T) {
	s := core.Status{Connection: core.Listening, Kind: core.KindDeveloperSpace}
	tests := []struct {
		check core.Check
		line  string
	}{
		{core.Check{Name: core.CheckRegistration, State: core.CheckGood, When: present.Add(-time.Minute)}, "Registered by hand in AppFolio. It rang at 10:41 AM"},
		{core.Check{Name: core.CheckRegistration, State: core.CheckUnknown}, "Registered by hand in AppFolio. Nothing has arrived yet"},
		{core.Check{Name: core.CheckSignatures, State: core.CheckUnknown}, "Nothing has arrived yet"},
		{core.Check{Name: core.CheckSignatures, State: core.CheckWarn, Good: 5, Bad: 1, Err: core.ErrSignaturesWrong},
			"5 of 6 matched today, 1 kept out. AppFolio had not signed them. You can leave it."},
	}
	for _, tt := range tests {
		if got := English.Line(English.Check(tt.check, s, present)); got != tt.line {
			t.Errorf("%s: %q, want %q", tt.check.Name, got, tt.line)
		}
	}
}
