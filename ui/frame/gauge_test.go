package frame

import (
	"testing"

	"rentbell/ui/uitest"
)

func TestGaugeShowsTheLatestOnce(t *testing.T) {
	var work uitest.Queue
	var shown []int
	g := &Gauge{Post: work.Post, Show: func(done, _ int) { shown = append(shown, done) }}
	for done := range 5 {
		g.Set(done, 10)
	}
	work.All(t)
	g.Set(9, 10)
	work.All(t)
	if len(shown) != 2 || shown[0] != 4 || shown[1] != 9 {
		t.Errorf("showed %v, want [4 9]", shown)
	}
}
