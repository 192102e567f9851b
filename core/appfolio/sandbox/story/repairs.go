package story

import (
	"slices"
	"strconv"
	"time"

	"rentbell/core"
)

type job struct {
	title, vendor, priority string
	place                   string // instead of a tenant's unit
}

var jobs = [...]job{
	{"Kitchen faucet drips", "Tolliver Plumbing", "Normal", ""},
	{"No hot water", "Tolliver Plumbing", "Urgent", ""},
	{"Toilet keeps running", "Tolliver Plumbing", "Normal", ""},
	{"Bathtub drains slowly", "Tolliver Plumbing", "Low", ""},
	{"Ceiling stain under bathroom", "Tolliver Plumbing", "High", ""},
	{"Window will not close", "Handy & Daughter", "Normal", ""},
	{"Smoke detector chirps", "Handy & Daughter", "High", ""},
	{"Closet door off its track", "Handy & Daughter", "Low", ""},
	{"Mailbox lock sticks", "Handy & Daughter", "Low", "Common area"},
	{"Balcony railing loose", "Handy & Daughter", "High", ""},
	{"Replace dishwasher", "Pruitt Appliance", "Normal", ""},
	{"Refrigerator too warm", "Pruitt Appliance", "Urgent", ""},
	{"Dryer does not heat", "Pruitt Appliance", "Normal", "Laundry room"},
	{"Annual furnace service", "Northgate Heating", "Normal", ""},
	{"Thermostat goes blank", "Northgate Heating", "High", ""},
	{"Radiator knocks at night", "Northgate Heating", "Low", ""},
	{"Repaint before move-in", "Sandoval Painting", "Normal", ""},
	{"Touch up stairwell", "Sandoval Painting", "Low", "Common area"},
	{"Garage door opener", "Dooley Door Co.", "Normal", "Garage"},
	{"Front door closes too hard", "Dooley Door Co.", "Normal", "Common area"},
	{"Hallway light flickers", "Brightline Electric", "Normal", "Common area"},
	{"Outlet sparks", "Brightline Electric", "Emergency", ""},
}

// Vendors are the companies that mend things.
func Vendors() []string {
	var all []string
	for _, job := range jobs {
		if !slices.Contains(all, job.vendor) {
			all = append(all, job.vendor)
		}
	}
	return all
}

const (
	leastOrders = 13 // a month, in a portfolio of the usual size
	mostOrders  = 17
	cancelOne   = 12 // in so many is canceled
	waitOne     = 5  // in so many waits for parts
)

func (s *Story) planRepairs(first core.Date) {
	var starts []time.Time
	for range s.days(leastOrders, mostOrders) * s.units / Units {
		starts = append(starts, s.moment(first.AddDays(s.days(0, 27)), 8, 19))
	}
	slices.SortFunc(starts, time.Time.Compare) // numbers follow time
	for _, at := range starts {
		s.planRepair(at)
	}
}

// planRepair plans a work order's whole life, in AppFolio's words.
func (s *Story) planRepair(at time.Time) {
	job := jobs[s.rng.IntN(len(jobs))]
	tenancy := s.anybody(core.DateOf(at))
	where := tenancy.shown
	if job.place != "" && where.Property != "" {
		where.Unit, where.Tenant = job.place, ""
	}
	s.order++
	order := WorkOrder{ID: strconv.Itoa(s.order), Title: job.title, Priority: job.priority, names: where}
	step := func(at time.Time, status string) {
		next := order
		next.Status = status
		s.add(repairs, beat{at, tenancy, core.TypeWorkOrderUpdated, func(time.Time) any { return next }})
	}
	step(at, "New")
	if s.oneIn(cancelOne) {
		step(s.later(at, 1, 3), "Canceled")
		return
	}
	order.Vendor = &job.vendor
	patience := 1
	if job.priority == "Urgent" || job.priority == "Emergency" {
		patience = 0 // the same day
	}
	at = s.later(at, 0, patience)
	step(at, "Assigned")
	at = s.later(at, patience, 3*patience)
	step(at, "Scheduled")
	if patience > 0 && s.oneIn(waitOne) {
		at = s.later(at, 1, 3)
		step(at, "Waiting")
		at = s.later(at, 4, 12)
	}
	at = s.later(at, 2*patience, 9*patience)
	step(at, "Work Done")
	step(s.later(at, 1, 6), "Completed")
}

// later is in working hours some days on; at least within the next hours.
func (s *Story) later(at time.Time, leastDays, mostDays int) time.Time {
	next := s.moment(core.DateOf(at).AddDays(s.days(leastDays, mostDays)), 8, 18)
	if soon := at.Add(time.Duration(s.days(20, 150)) * time.Minute); next.Before(soon) {
		return soon
	}
	return next
}
