// Package paper is a stand-in for the AppFolio of customers whose plan has no API: it
// puts reports into a folder, as scheduled e-mails and downloads leave them there. They
// tell the same story as a sandbox.Sandbox of the same seed and clock. Each overlaps the
// ones before, old receipts are taken back now and then, and files can take their time.
//
// Everything follows from a seed and a clock: the same two give the same files.
package paper

import (
	"cmp"
	"context"
	"math/rand/v2"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox/story"
)

// Config is what a Printer needs to know. Its zero value works, but for Dir.
type Config struct {
	Dir      string // files go there; it exists
	Seed     uint64
	Now      func() time.Time // nil: time.Now; its time zone is the portfolio's
	Units    int              // of the portfolio; 0: story.Units
	Past     time.Duration    // of history in the first reports
	Interval time.Duration    // between reports; 0: 5 seconds
	Pause    time.Duration    // in the middle of a file that is written; 0: each appears whole
	OnFile   func(name string, err error)
}

// Printer prints reports. One goroutine at a time may use it.
type Printer struct {
	config Config
	story  *story.Story
	books  *books
	dice   *rand.Rand
	files  int // printed so far, without the past
}

const (
	defaultInterval = 5 * time.Second

	overlap          = 7 // days that an income register goes back, but for the first
	returnEvery      = 9 // of so many reports one shows a payment that was taken back
	delinquencyEvery = 7 // and one what is owed
)

// New returns a Printer, which has not written anything yet.
func New(c Config) *Printer {
	c.Units = cmp.Or(c.Units, story.Units)
	c.Interval = cmp.Or(c.Interval, defaultInterval)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.OnFile == nil {
		c.OnFile = func(string, error) {}
	}
	now := c.Now()
	p := &Printer{
		config: c, story: story.New(c.Seed, c.Units, now.Add(-c.Past), now),
		books: openBooks(story.Lettings(c.Units), now.Add(-c.Past), now), dice: rand.New(rand.NewPCG(c.Seed, 0)),
	}
	for f := range p.story.Past() {
		p.books.apply(f)
	}
	return p
}

// Past prints the first reports, one of each kind: the receipts of Config.Past, and who
// lives where, who owes what and what is broken now.
func (p *Printer) Past() []File {
	now := p.config.Now()
	return []File{
		p.print(core.TableRentRoll, now),
		p.income(core.DateOf(p.books.from), now),
		p.print(core.TableWorkOrders, now),
		p.print(core.TableDelinquency, now),
	}
}

// Next has something happen now and prints the report that shows it.
func (p *Printer) Next() File {
	now := p.config.Now()
	p.files++
	switch {
	case p.files%returnEvery == 0 && p.books.takeBack(p.dice, core.DateOf(now).AddDays(-overlap)):
		return p.print(core.TableIncome, now)
	case p.files%delinquencyEvery == 0:
		return p.print(core.TableDelinquency, now)
	}
	f := p.story.Next(now)
	p.books.apply(f)
	switch f.Data.(type) {
	case story.Payment:
		return p.print(core.TableIncome, now)
	case story.WorkOrder:
		return p.print(core.TableWorkOrders, now)
	}
	return p.print(core.TableRentRoll, now)
}

func (p *Printer) print(kind core.TableKind, now time.Time) File {
	today := core.DateOf(now)
	switch kind {
	case core.TableIncome:
		return p.income(today.AddDays(-overlap), now)
	case core.TableRentRoll:
		return newFile(kind, p.books.rentRoll(today), now)
	case core.TableDelinquency:
		return newFile(kind, p.books.delinquency(today), now)
	}
	return newFile(core.TableWorkOrders, p.books.workOrders(), now)
}

func (p *Printer) income(from core.Date, now time.Time) File {
	return newFile(core.TableIncome, p.books.income(from, core.DateOf(now)), now)
}

// Run puts a report into the folder every Interval until ctx ends. Trouble with the
// folder is told to Config.OnFile and does not end it.
func (p *Printer) Run(ctx context.Context) {
	ticker := time.NewTicker(p.config.Interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			f := p.Next()
			name, err := p.put(ctx, f)
			p.config.OnFile(cmp.Or(name, f.Name), err)
		}
	}
}
