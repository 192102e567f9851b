package explain

import (
	"context"
	"errors"
	"fmt"
	"testing"

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
