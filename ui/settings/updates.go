package settings

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Updates finds and installs newer versions of Rentbell. Latest and Install use
// the internet and run in the background.
type Updates struct {
	Latest  func(context.Context) (r core.Release, found bool, err error)
	Install func(context.Context, core.Release) error // nil: the card opens the release's page
	Looked  func() time.Time                          // the time of the last look; zero: never
	Look    func(at time.Time)                        // saves the time of a look
}

// lookEvery is how often Rentbell looks by itself if the user wants that.
const lookEvery = 7 * 24 * time.Hour

// updatesCard looks for newer versions, shows what is new in one and installs it.
type updatesCard struct {
	*card
	look, get *kit.Button
	state     *kit.Prose
	news      *fyne.Container
	busy      bool // looking or downloading
	found     *core.Release
}

func newUpdatesCard(w *tasks) *updatesCard {
	c := &updatesCard{card: newCard(w), state: kit.NewProse("", kit.Body), news: kit.VStack(4)}
	title := words.Say("Look for a new version once a week")
	weekly := kit.Spread(12, captioned(title, words.Say("Rentbell asks the page of its makers, and tells nothing about you.")),
		toggle(c.card, newSwitch, title, func(s *core.Settings) *bool { return &s.LookForUpdates }))
	c.look = kit.NewButton(words.Say("Look now"), nil, func() { c.lookNow(nil) })
	get := words.Say("Open the download page")
	if w.Updates != nil && w.Updates.Install != nil {
		get = words.Say("Download and install")
	}
	c.get = kit.NewButton(get, nil, c.bring).Primary()
	c.titled(words.Say("New versions"), weekly, c.state, c.news, c.trouble, kit.VStack(8, c.get, c.look))
	frame.SetVisible(c.object, w.Updates != nil)
	if w.Updates != nil {
		c.row(c.showNews)
	}
	return c
}

// showNews shows the result of the last look.
func (c *updatesCard) showNews(State) {
	c.news.Objects = nil
	switch looked := c.Updates.Looked(); {
	case c.found != nil:
		c.state.SetStyled(words.Say("Rentbell %s is out.", c.found.Version), kit.Strong)
		for _, line := range words.News(c.found.News) {
			c.news.Add(kit.NewProse("• "+line, kit.Body))
		}
	case looked.IsZero():
		c.state.SetStyled(words.Say("Nobody has looked yet."), kit.Caption)
	default:
		c.state.SetStyled(words.Say("You have the newest version. Looked %s.", c.at(looked)), kit.Caption)
	}
	frame.SetVisible(c.news, len(c.news.Objects) > 0)
	frame.SetVisible(c.get, c.found != nil)
	frame.SetEnabled(c.get, !c.busy)
	frame.SetEnabled(c.look, !c.busy)
}

// lookWeekly looks if wanted is true and a week has passed. It calls found for a
// version that this window has not shown yet.
func (c *updatesCard) lookWeekly(wanted bool, found func(core.Release)) {
	if c.Updates == nil || !wanted || c.busy {
		return
	}
	// A clock that was put back must not stop this for years.
	if since := c.Now().Sub(c.Updates.Looked()); since >= 0 && since < lookEvery {
		return
	}
	c.lookNow(found)
}

// lookNow looks. found may be nil.
func (c *updatesCard) lookNow(found func(core.Release)) {
	c.begin()
	c.Updates.Look(c.Now()) // also if it fails: once a week is a promise
	frame.Background(c.Post, func(ctx context.Context) (*core.Release, error) {
		r, newer, err := c.Updates.Latest(ctx)
		if err != nil || !newer {
			return nil, err
		}
		return &r, nil
	}, func(r *core.Release, err error) {
		known := c.found
		if err == nil {
			c.found = r
		}
		c.end(err)
		if r != nil && found != nil && (known == nil || known.Version != r.Version) {
			found(*r)
		}
	})
}

// bring installs the version that was found, or opens its page.
func (c *updatesCard) bring() {
	r := *c.found
	if c.Updates.Install == nil {
		c.Do.OpenPage(r.Page)
		return
	}
	c.begin()
	c.say(words.Say("Downloading. Rentbell closes when the setup program takes over."), kit.Caption)
	frame.Run(c.Post, func(ctx context.Context) error { return c.Updates.Install(ctx, r) }, c.end)
}

func (c *updatesCard) begin() { c.turn(true, nil) }

func (c *updatesCard) end(err error) { c.turn(false, err) }

func (c *updatesCard) turn(busy bool, err error) {
	c.busy = busy
	c.tell(err)
	c.show(c.page)
}
