package overview

import (
	"time"

	"rentbell/core"
	"rentbell/core/overview"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// Content is what the page shows.
type Content struct {
	figures   overview.Figures
	rents     core.RadarSummary
	latest    []core.Event // newest first
	concerns  []news.Concern
	attention int    // how many there are, shown or not
	trouble   string // why nothing arrives or is kept; empty: all is well
}

// latestRead is more events than the tallest window shows under Latest.
const latestRead = 40

// Read reads the page for the time zone of now. s says how the bell stands.
func Read(r news.Reader, s core.Status, now time.Time) (Content, error) {
	figures, err := overview.Make(r, now)
	if err != nil {
		return Content{}, err
	}
	c := Content{figures: figures, rents: s.Radar, trouble: troubleOf(s, now)}
	if c.latest, err = news.Latest(r, latestRead); err != nil {
		return c, err
	}
	if c.concerns, err = news.Concerns(r, s, now, mostItems); err != nil {
		return c, err
	}
	c.attention = news.Count(c.concerns, s)
	return c, nil
}

// troubleOf says in a sentence why nothing arrives or is kept; empty while all is well,
// or is about to be.
func troubleOf(s core.Status, now time.Time) string {
	w, wrong := words.Tongue.Status(s, now)
	switch {
	case wrong:
		return words.Say("%s.", w.Title)
	case s.Kind == core.KindReports && s.Reports.Dir == "":
		return words.Say("Nothing can arrive yet: no folder for reports is chosen.")
	case s.Kind == core.KindOffice && s.Office.Name == "":
		return words.Say("Nothing can arrive yet: no office is joined.")
	case !s.Kind.Delivered():
		return ""
	case s.Connection == core.ConnectionOff && s.KeysLocked():
		return words.Say("%s.", words.Tongue.Error(s.Vault).Title)
	case s.Connection == core.ConnectionOff:
		return words.Say("Nothing can arrive yet: Rentbell is not set up.")
	case s.Connection == core.ConnectionClosed:
		return words.Say("Nothing can arrive: you have closed the address.")
	}
	return ""
}
