package story

import (
	"slices"
	"strconv"
	"strings"

	"rentbell/core"
)

const (
	alderCourt     = "Alder Court"
	birchwoodFlats = "Birchwood Flats"
	lindenHouse    = "Linden House"
	harborRow      = "Harbor Row"
	mapleAvenue    = "318 Maple Avenue"
	quarryLane     = "27 Quarry Lane"
)

// Letting is a unit and who lives in it on the day the story is told.
type Letting struct {
	Property, Unit string
	Tenant         string // empty: the webhook API sends no names for it
	Lease          string
	Rent           core.Cents
	Method         string // of payment
	payday         int    // day of the month
	endsIn, Months int    // days until the lease ends, and its term; month to month has neither
}

// Units is how many units the portfolio has, unless New is asked for another number.
const Units = 47

var portfolio = [Units]Letting{
	{alderCourt, "Unit 1A", "Marcus Bell", "43200", 134000, "Money order", 1, 339, 12},
	{alderCourt, "Unit 1B", "Elena Petrov", "43265", 146000, "Card", 1, 169, 12},
	{alderCourt, "Unit 1C", "Sofia Lindqvist", "46650", 142500, "eCheck", 5, 196, 12},
	{alderCourt, "Unit 2A", "Dana Whitfield", "48213", 145000, "eCheck", 4, 135, 12},
	{alderCourt, "Unit 2B", "Tomás Herrera", "43336", 140000, "eCheck", 3, 307, 12},
	{alderCourt, "Unit 2C", "Grace Kim", "43369", 142000, "Check", 2, 0, 0},
	{alderCourt, "Unit 3A", "Walter Nowak", "43516", 143000, "Card", 5, 160, 12},
	{alderCourt, "Unit 3B", "Gabriela Fuentes", "45987", 139500, "eCheck", 9, 14, 12},
	{alderCourt, "Unit 3C", "Imani Brooks", "43640", 137000, "eCheck", 2, 0, 0},
	{alderCourt, "Unit 4A", "Peter and Ana Silva", "43695", 143000, "eCheck", 1, -21, 12},
	{alderCourt, "Unit 4B", "Yusuf Demir", "43834", 146000, "eCheck", 1, 209, 12},
	{alderCourt, "Unit 4C", "Aisha Rahmani", "48307", 141000, "eCheck", 1, 366, 12},
	{birchwoodFlats, "Unit 1", "Katherine Doyle", "43880", 124000, "eCheck", 3, 302, 12},
	{birchwoodFlats, "Unit 2", "Andre Washington", "43954", 121000, "Check", 5, 148, 12},
	{birchwoodFlats, "Unit 3", "Lucía Marín", "44023", 130000, "eCheck", 2, 248, 12},
	{birchwoodFlats, "Unit 4", "Samuel Okafor", "46120", 131250, "Card", 10, 43, 12},
	{birchwoodFlats, "Unit 5", "Hugh Castellan", "44193", 130000, "eCheck", 3, 241, 12},
	{birchwoodFlats, "Unit 6", "Noor Haddad", "44287", 128000, "Cash", 3, 331, 24},
	{birchwoodFlats, "Unit 7", "Nathan Kowalski", "48301", 128500, "eCheck", 1, 377, 12},
	{birchwoodFlats, "Unit 8", "Bethany Clark", "44349", 126000, "eCheck", 3, -6, 12},
	{birchwoodFlats, "Unit 9", "Jamal Pierce", "47502", 126000, "Cash", 5, 226, 12},
	{birchwoodFlats, "Unit 10", "Viktor Sokolov", "44515", 134000, "eCheck", 4, 0, 0},
	{birchwoodFlats, "Unit 11", "Luis Cardenas", "47770", 127500, "Card", 2, 287, 12},
	{birchwoodFlats, "Unit 12", "Rosa Delacroix", "44597", 125000, "eCheck", 2, 107, 12},
	{lindenHouse, "Unit 1", "Hannah Brandt", "44871", 104000, "eCheck", 6, 104, 12},
	{lindenHouse, "Unit 2", "Ethan Park", "44689", 105500, "eCheck", 2, 185, 12},
	{lindenHouse, "Unit 3", "Ruth Abernathy", "31108", 98500, "Check", 3, 0, 0},
	{lindenHouse, "Unit 4", "Miriam Goldberg", "44845", 105500, "Check", 1, 230, 12},
	{lindenHouse, "Unit 5", "Claire Fontenot", "43958", 101500, "eCheck", 5, 57, 24},
	{lindenHouse, "Unit 6", "", "20931", 64000, "eCheck", 18, 0, 0},
	{lindenHouse, "Unit 7", "Olivia Thornton", "45123", 105500, "eCheck", 2, 207, 12},
	{lindenHouse, "Unit 8", "Ravi Menon", "45202", 101500, "eCheck", 5, 100, 12},
	{lindenHouse, "Unit 9", "", "20944", 98500, "eCheck", 1, 166, 12},
	{lindenHouse, "Unit 10", "Jonas Weber", "45463", 102500, "Card", 5, 88, 12},
	{harborRow, "Unit 1", "Carmen Ibarra", "45600", 178500, "eCheck", 1, 198, 12},
	{harborRow, "Unit 2", "Mei-Lin Zhou", "46218", 184575, "Card", 8, 43, 12},
	{harborRow, "Unit 3", "Stephen Achebe", "45714", 180500, "Card", 1, 291, 12},
	{harborRow, "Unit 4", "Linh Tran", "45774", 173500, "eCheck", 2, -38, 12},
	{harborRow, "Unit 5", "Martha Quinn", "45815", 190500, "eCheck", 2, -51, 12},
	{harborRow, "Unit 6", "Priya Raman", "48009", 189000, "eCheck", 12, 318, 12},
	{harborRow, "Unit 7", "Kofi Mensah", "45869", 187500, "Cash", 4, 89, 12},
	{harborRow, "Unit 8", "Julia Romano", "45942", 185500, "Check", 1, 222, 12},
	{mapleAvenue, "Unit A", "George and Pam Tilley", "46093", 113000, "Money order", 1, 140, 12},
	{mapleAvenue, "Unit B", "Terrence Cole", "40052", 112000, "Money order", 15, 23, 24},
	{mapleAvenue, "Unit C", "Adele Fournier", "46259", 113000, "Card", 1, 277, 12},
	{mapleAvenue, "Unit D", "Brian and Joy Delgado", "48296", 115000, "eCheck", 1, 269, 9},
	{quarryLane, "House", "Owen McAllister", "47334", 215000, "eCheck", 8, 0, 0}}

// firstGrown keeps the leases of a grown portfolio apart from all others.
const firstGrown = 600000

// Lettings is the portfolio cut or grown to so many units. What is added is the
// same houses again, each with a number, and other people.
func Lettings(units int) []Letting {
	all := slices.Clone(portfolio[:min(units, Units)])
	for i := len(all); i < units; i++ {
		l := portfolio[i%Units]
		l.Property += " " + strconv.Itoa(i/Units+1)
		l.Tenant = fullName(i, i)
		l.Lease = strconv.Itoa(firstGrown + i)
		all = append(all, l)
	}
	return all
}

// archived is the lease whose tenant comes without a property.
const archived = "48307"

var (
	given  = [...]string{"Alice", "Benedikt", "Chiara", "Dominic", "Esther", "Farid", "Giulia", "Harriet", "Isaac", "Joanna", "Kenji", "Leona"}
	family = [...]string{"Abbott", "Bergstrom", "Caruso", "Dlamini", "Eriksen", "Fairchild", "Gupta", "Holloway", "Iwata", "Jensen", "Kaplan", "Lindgren", "Moreau"}
)

// fullName is the name of somebody who is not in the portfolio.
func fullName(i, j int) string { return given[i%len(given)] + " " + family[j%len(family)] }

// Tenancy is a lease in force, or about to be.
type Tenancy struct {
	Letting
	MoveIn  core.Date
	Ends    core.Date // zero: month to month
	Leaving bool      // it ends and will not be renewed
	shown   names     // as facts carry them; empty where the webhook API sends none
}

// Notice is the day on which the lease is renewed, or the tenant says that it will
// not be.
func (t *Tenancy) Notice() core.Date { return t.Ends.AddDays(-decideAhead) }

// Person is the name of who lives there. It makes one up where the webhook API sends
// none.
func (t *Tenancy) Person() (first, last string) {
	name := t.Tenant
	if name == "" {
		n, _ := strconv.Atoi(t.Lease) // all digits
		name = fullName(n, n)
	}
	i := strings.LastIndex(name, " ")
	return name[:i], name[i+1:]
}

// Email is at example.com, which nobody can receive.
func (t *Tenancy) Email() string {
	words := strings.Fields(t.Tenant)
	if len(words) == 0 {
		return "tenant-" + t.Lease + "@example.com"
	}
	return strings.ToLower(words[0]+"."+words[len(words)-1]) + "@example.com"
}

func (t *Tenancy) propertyID() string { return "p-" + slug(t.Property) }
func (t *Tenancy) unitID() string {
	return "u-" + slug(t.Property) + "-" + slug(t.Unit)
}

func slug(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "-")) }
