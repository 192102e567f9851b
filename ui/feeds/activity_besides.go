package feeds

import (
	"fmt"
	"slices"
	"time"

	"rentbell/assets"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// besideLine is a line of Everything that is no event.
type besideLine struct {
	activityLine
	at time.Time
}

// besides are the gaps and findings of a page, the newest first.
func besides(p activityPage, now time.Time) []besideLine {
	if p.narrowed {
		return nil
	}
	var all []besideLine
	for i, g := range p.gaps {
		all = append(all, besideLine{activityLine{gap: &p.gaps[i], key: gapKeys + uint64(g.From.Unix())}, gapEnd(g, now)})
	}
	for i, f := range p.found {
		key := hashed(fmt.Sprint(f.Kind, f.At, f.Snoozed, f.Handled)) >> 4
		all = append(all, besideLine{activityLine{found: &p.found[i], key: foundKeys + key}, f.At})
	}
	slices.SortStableFunc(all, func(a, b besideLine) int { return b.at.Compare(a.at) })
	return all
}

// showFound puts findings on the row.
func (r *activityRow) showFound(f news.Found) {
	r.title.Set(f.Title)
	r.note.Set(f.Text)
	switch {
	case f.Handled:
		r.tile.Set(kit.Neutral, f.Icon)
		r.outcome.Set(kit.Good, assets.Verified, words.Say("Handled"))
	case f.Snoozed:
		r.tile.Set(kit.Neutral, f.Icon)
		r.outcome.Set(kit.Neutral, assets.Moon, words.Say("Snoozed"))
	default:
		r.tile.Set(f.Family, f.Icon)
		r.outcome.Set(f.Family, assets.Alert, words.Say("Needs a look"))
	}
	r.when.Set("")
	if !f.AllDay() {
		r.when.Set(words.Tongue.Clock(f.At))
	}
	r.Relayout()
}
