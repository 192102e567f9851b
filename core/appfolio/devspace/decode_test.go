package devspace

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"rentbell/core"
)

var mine = core.Space{ClientID: "example_id"}

func decoded(body string) core.Delivery {
	return decode([]byte(body), mine, received.UTC())
}

func oneEvent(t testing.TB, body string) core.Event {
	t.Helper()
	d := decoded(body)
	if len(d.Events) != 1 || d.Strays != nil {
		t.Fatalf("%.200s: got %+v, want one event", body, d)
	}
	return d.Events[0]
}

func TestBothSpellingsOfADoorbell(t *testing.T) {
	tests := []struct {
		name, body string
		id, topic  string
		want       core.Doorbell
		at         time.Time
	}{
		{
			"of 2026", `{"topic":"work_orders","event_id":"e1","client_id":"example_id","event_type":"destroy","database_id":"d","resource_id":"r1",` +
				`"event_timestamp":"2026-05-27T16:55:12Z","message_sent_at":"2026-05-27T16:55:14Z"}`,
			"e1", "work_orders", core.Doorbell{Topic: "work_orders", Entity: "r1", Change: "destroy"}, time.Date(2026, 5, 27, 16, 55, 12, 0, time.UTC),
		},
		{
			"of 2023", `{"client_id":"example_id","id":"i1","topic":"work_order_updates","entity_id":"x1","update_timestamp":"2023-05-27T09:55:12-07:00"}`,
			"i1", "work_order_updates", core.Doorbell{Topic: "work_order_updates", Entity: "x1"}, time.Date(2023, 5, 27, 16, 55, 12, 0, time.UTC),
		},
		{
			"both at once", `{"client_id":"example_id","id":"i","event_id":"e","topic":"t","entity_id":"x","resource_id":"r"}`,
			"e", "t", core.Doorbell{Topic: "t", Entity: "r"}, received,
		},
		{
			"the new spelling of no use", `{"client_id":"example_id","id":"i","event_id":null,"topic":"t","entity_id":"x","resource_id":"",` +
				`"event_timestamp":"soon","update_timestamp":"2026-05-27T16:55:12Z"}`,
			"i", "t", core.Doorbell{Topic: "t", Entity: "x"}, time.Date(2026, 5, 27, 16, 55, 12, 0, time.UTC),
		},
		{
			"a time that cannot be right", `{"client_id":"example_id","id":"i","topic":"t","event_timestamp":"1970-01-01T00:00:00Z"}`,
			"i", "t", core.Doorbell{Topic: "t"}, received,
		},
		{
			"numbers", `{"client_id":"example_id","id":12345678901234567890,"topic":"t","entity_id":-1.50}`,
			"12345678901234567890", "t", core.Doorbell{Topic: "t", Entity: "-1.50"}, received,
		},
		{
			"the least", ` {"client_id":"example_id","id":"i","topic":"t"} ` + "\n",
			"i", "t", core.Doorbell{Topic: "t"}, received,
		},
		{
			"last of two", `{"client_id":"other","topic":"x","id":"x","id":"i","topic":"t","client_id":"example_id"}`,
			"i", "t", core.Doorbell{Topic: "t"}, received,
		},
		{
			"with a list for data", `{"client_id":"example_id","id":"i","topic":"t","data":[{"a":1}]}`,
			"i", "t", core.Doorbell{Topic: "t"}, received,
		},
		{
			"odd fields", `{"client_id":"example_id","id":"i","topic":"t","event_type":7,"entity_id":{},"event_timestamp":[]}`,
			"i", "t", core.Doorbell{Topic: "t"}, received,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := oneEvent(t, tt.body)
			if e.ID != tt.id || e.Type != tt.topic || e.Detail != tt.want || !e.Attention.IsZero() {
				t.Errorf("got %+v", e)
			}
			if !e.OccurredAt.Equal(tt.at) || e.OccurredAt.Location() != time.UTC || e.ReceivedAt != received.UTC() {
				t.Errorf("occurred %v, received %v", e.OccurredAt, e.ReceivedAt)
			}
			if string(e.Body) != tt.body {
				t.Errorf("body: got %q", e.Body)
			}
		})
	}
}

func TestBodiesThatAreNoDoorbell(t *testing.T) {
	deep := strings.Repeat("[", 20000) + strings.Repeat("]", 20000)
	many := "[" + strings.Repeat("{},", mostParts) + "{}]"
	tests := []struct {
		name, body string
		want       core.Reason
	}{
		{"nothing", "", core.ReasonNotObject},
		{"space", " \n", core.ReasonNotObject},
		{"text", `"id"`, core.ReasonNotObject},
		{"number", "1", core.ReasonNotObject},
		{"null", "null", core.ReasonNotObject},
		{"empty list", "[ ]", core.ReasonNotObject},
		{"batch of nothing", `{"events":[]}`, core.ReasonNotObject},
		{"cut off", `{"client_id":"example_id","id":"a"`, core.ReasonNotObject},
		{"two objects", ring + ring, core.ReasonNotObject},
		{"no UTF-8", "{\"id\":\"\xff\"}", core.ReasonNotObject},
		{"byte order mark", "\ufeff" + ring, core.ReasonNotObject},
		{"too deep", deep, core.ReasonNotObject},
		{"too deep within", `{"client_id":"example_id","id":"a","topic":"t","x":` + deep + `}`, core.ReasonNotObject},
		{"too many", many, core.ReasonNotObject},
		{"no members", "{}", core.ReasonNoID},
		{"no id", `{"client_id":"example_id","topic":"t"}`, core.ReasonNoID},
		{"id in another case", `{"client_id":"example_id","ID":"a","topic":"t"}`, core.ReasonNoID},
		{"id too long", `{"client_id":"example_id","id":"` + strings.Repeat("x", 513) + `","topic":"t"}`, core.ReasonNoID},
		{"number too long", `{"client_id":"example_id","id":` + strings.Repeat("1", 513) + `,"topic":"t"}`, core.ReasonNoID},
		{"true for id", `{"client_id":"example_id","id":true,"topic":"t"}`, core.ReasonNoID},
		{"no topic", `{"client_id":"example_id","id":"a"}`, core.ReasonNoType},
		{"number for topic", `{"client_id":"example_id","id":"a","topic":1}`, core.ReasonNoType},
		{"topic too long", `{"client_id":"example_id","id":"a","topic":"` + strings.Repeat("x", 129) + `"}`, core.ReasonNoType},
		{"half a pair in id", `{"client_id":"example_id","id":"\ud800","topic":"t"}`, core.ReasonNoID},
		{"half a pair in topic", `{"client_id":"example_id","id":"a","topic":"\udc00"}`, core.ReasonNoType},
		{"last id of two is none", `{"client_id":"example_id","id":"a","topic":"t","id":null}`, core.ReasonNoID},
		{"two lists", `{"events":[` + ring + `],"batch":[` + ring + `]}`, core.ReasonNoID},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := decoded(tt.body)
			if d.Events != nil || len(d.Strays) != 1 || d.Strays[0].Reason != tt.want || string(d.Strays[0].Body) != tt.body {
				t.Errorf("got %d events, %d strays, want it whole as a stray, %s", len(d.Events), len(d.Strays), tt.want)
			}
		})
	}
}

// TestOtherAccountsAreCounted: whatever they send, it costs a number and a sample.
func TestOtherAccountsAreCounted(t *testing.T) {
	other := `{"client_id":"other","id":"a","topic":"t"}`
	list := func(n int, part func(i int) string) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = part(i)
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	tests := []struct {
		name, body     string
		count, samples int
	}{
		{"of another account", other, 1, 1},
		{"of an account in other letters", `{"client_id":"EXAMPLE_ID","id":"a","topic":"t"}`, 1, 1},
		{"of nobody", `{"id":"a","topic":"t"}`, 1, 1},
		{"of an empty account", `{"client_id":"","id":"a","topic":"t"}`, 1, 1},
		{"of another account, without an id", `{"client_id":"other"}`, 1, 1},
		{"many of one", list(mostParts, func(int) string { return other }), mostParts, 1},
		{"one of many", list(mostParts, func(i int) string { return fmt.Sprintf(`{"client_id":%d}`, i) }), mostParts, mostSamples},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := decoded(tt.body)
			if len(d.Events)+len(d.Strays) > 0 || d.Others.Count != tt.count || len(d.Others.Samples) != tt.samples || d.Others.Samples[0].Reason != core.ReasonOtherAccount {
				t.Errorf("got %d events, %d strays, %d of others with %d samples", len(d.Events), len(d.Strays), d.Others.Count, len(d.Others.Samples))
			}
		})
	}
}

func TestManyStraysBecomeOne(t *testing.T) {
	body := "[" + ring + strings.Repeat(",{}", mostStrays) + "]"
	if d := decoded(body); len(d.Events) != 1 || len(d.Strays) != mostStrays {
		t.Errorf("got %d events, %d strays", len(d.Events), len(d.Strays))
	}
	body = "[" + ring + strings.Repeat(",{}", mostStrays+1) + "]"
	if d := decoded(body); len(d.Events) != 1 || len(d.Strays) != 1 || string(d.Strays[0].Body) != body {
		t.Errorf("got %d events, %d strays", len(d.Events), len(d.Strays))
	}
}

func TestAccountIsHeldAgainstTheBody(t *testing.T) {
	tests := []struct {
		account core.Space
		members string
		want    bool
	}{
		{core.Space{ClientID: "c", DatabaseID: "d"}, `"client_id":"c","database_id":"d"`, true},
		{core.Space{ClientID: "c", DatabaseID: "d"}, `"client_id":"c"`, true},
		{core.Space{ClientID: "c", DatabaseID: "d"}, `"client_id":"c","database_id":null`, true},
		{core.Space{ClientID: "c", DatabaseID: "d"}, `"client_id":"c","database_id":"e"`, false},
		{core.Space{ClientID: "c", DatabaseID: "d"}, `"client_id":"c","database_id":{}`, false},
		{core.Space{ClientID: "c"}, `"client_id":"c","database_id":"e"`, true},
		{core.Space{ClientID: "7", DatabaseID: "8"}, `"client_id":7,"database_id":8`, true},
		{core.Space{}, `"client_id":"c"`, false},
		{core.Space{}, `"client_id":""`, false},
		{core.Space{}, `"database_id":"d"`, false},
	}
	for _, tt := range tests {
		d := decode([]byte(`{"id":"i","topic":"t",`+tt.members+`}`), tt.account, received)
		if got := len(d.Events) == 1; got != tt.want {
			t.Errorf("%+v, %s: ours %v, want %v", tt.account, tt.members, got, tt.want)
		}
	}
}

func TestBatches(t *testing.T) {
	first := `{"client_id":"example_id","id":"1","topic":"t"}`
	second := `{ "id" : "2", "topic":"t", "client_id":"example_id" }`
	bare := `{"id":"3","topic":"t"}`
	tests := []struct {
		name, body     string
		events, strays []string
	}{
		{"list", "[" + first + " ,\n" + second + "]", []string{first, second}, nil},
		{"list of one", " [ " + first + " ] ", []string{first}, nil},
		{"twice the same", "[" + first + "," + first + "]", []string{first, first}, nil},
		{"one that is part of another", `[{},[{}],1,11,1]`, nil, []string{"{}", "[{}]", "1", "11", "1"}},
		{"last list of two", `{"events":[` + second + `],"events":[` + first + `]}`, []string{first}, nil},
		{"events", `{"batch_id":"b","events":[` + first + `,` + second + `]}`, []string{first, second}, nil},
		{"data", `{"batch_id":"b","data":[` + first + `]}`, []string{first}, nil},
		{"batch", `{"batch":[` + first + `]}`, []string{first}, nil},
		{"data without batch_id", `{"data":[` + first + `]}`, []string{first}, nil},
		{"envelope with an id and a topic", `{"id":"b","topic":"batch","events":[` + first + `]}`, []string{first}, nil},
		{"other members besides", `{"events":[` + first + `],"data":{},"count":1}`, []string{first}, nil},
		{"account in the envelope", `{"client_id":"example_id","events":[` + bare + `]}`, []string{bare}, nil},
		{"account after the list", `{"events":[` + bare + `],"client_id":"example_id"}`, []string{bare}, nil},
		{"another account in the envelope", `{"client_id":"other","events":[` + first + `,` + bare + `]}`, []string{first}, []string{bare}},
		{"no account at all", `{"events":[` + bare + `]}`, nil, []string{bare}},
		{"mixed", `[` + first + `,7,{"id":"x"},[` + second + `],null,{"client_id":"other","id":"y","topic":"t"}]`, []string{first},
			[]string{"7", `{"id":"x"}`, "[" + second + "]", "null", `{"client_id":"other","id":"y","topic":"t"}`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var events, strays []string
			d := decoded(tt.body)
			for _, e := range d.Events {
				events = append(events, string(e.Body))
			}
			for _, s := range append(d.Strays, d.Others.Samples...) {
				strays = append(strays, string(s.Body))
			}
			if !slices.Equal(events, tt.events) || !slices.Equal(strays, tt.strays) {
				t.Errorf("got events %q, strays %q", events, strays)
			}
		})
	}
}

func TestDatabaseOfTheEnvelopeCounts(t *testing.T) {
	account := core.Space{ClientID: "c", DatabaseID: "d"}
	body := `{"client_id":"c","database_id":"other","events":[{"id":"1","topic":"t"},{"id":"2","topic":"t","database_id":"d"}]}`
	d := decode([]byte(body), account, received)
	if len(d.Events) != 1 || d.Events[0].ID != "2" || d.Others.Count != 1 {
		t.Errorf("got %+v", d)
	}
}

func TestLargestBatchIsTakenApart(t *testing.T) {
	var parts []string
	for i := range mostParts {
		parts = append(parts, fmt.Sprintf(`{"client_id":"example_id","id":"%d","topic":"t"}`, i))
	}
	if d := decoded("[" + strings.Join(parts, ",") + "]"); len(d.Events) != mostParts || d.Strays != nil {
		t.Errorf("got %d events, %d strays", len(d.Events), len(d.Strays))
	}
}

// FuzzDecode holds every part against what may be kept of it.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		ring, "[" + ring + "," + ring + "]", `{"batch_id":1,"data":[` + ring + `,7,{}]}`, `{"client_id":"other","id":1,"topic":"t"}`,
		`{"client_id":"example_id","events":[{"id":"\ud83d\ude00","topic":"\u0074"}]}`, `{"events":[],"data":[[]]}`, " null ", "", "[[[[",
		`{"client_id":"example_id","id":"` + strings.Repeat("x", 513) + `","topic":"t"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		d := decode(body, mine, received.UTC())
		parts := len(d.Events) + len(d.Strays) + d.Others.Count
		if parts == 0 || parts > mostParts || parts > len(body)/2+1 || len(d.Strays) > mostStrays || len(d.Others.Samples) > min(mostSamples, d.Others.Count) {
			t.Fatalf("%q: %d parts", body, parts)
		}
		for _, e := range d.Events {
			bell, isBell := e.Detail.(core.Doorbell)
			if !isBell || bell.Topic != e.Type || e.Type == "" || len(e.Type) > 128 || e.ID == "" || len(e.ID) > 512 || len(bell.Entity) > 512 {
				t.Errorf("%q: got %+v", body, e)
			}
			checkPart(t, body, e.Body)
		}
		for _, s := range append(d.Strays, d.Others.Samples...) {
			if s.Reason == "" {
				t.Errorf("%q: a stray without a reason", body)
			}
			checkPart(t, body, s.Body)
		}
	})
}

// checkPart checks that part is a part of body, not a copy.
func checkPart(t *testing.T, body, part []byte) {
	t.Helper()
	if len(body) == 0 {
		return
	}
	first := uintptr(unsafe.Pointer(unsafe.SliceData(body)))
	at := uintptr(unsafe.Pointer(unsafe.SliceData(part)))
	if at < first || at+uintptr(len(part)) > first+uintptr(len(body)) {
		t.Errorf("%q is no part of %q", part, body)
	}
}

func BenchmarkDecode(b *testing.B) {
	batch := []byte("[" + strings.Repeat(ring+",", 999) + ring + "]")
	for name, body := range map[string][]byte{"doorbell": []byte(ring), "batch of 1000": batch} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				decode(body, mine, received)
			}
		})
	}
}
