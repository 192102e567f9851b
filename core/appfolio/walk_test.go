package appfolio

import (
	"encoding/json"
	"testing"
)

func TestWalkYieldsRawParts(t *testing.T) {
	text := []byte("{ \"a\" : [ 1 ,{\"b\":\"]}\"}, \"x\\\"\" ] , \"\\u0061\":null,\"\\ud800\":2 }")
	var names, values []string
	for name, value := range Members(text) {
		names, values = append(names, string(name)), append(values, string(value))
	}
	if len(names) != 3 || names[0] != "a" || names[1] != "a" || names[2] != `"\ud800"` || values[1] != "null" || values[2] != "2" {
		t.Fatalf("got %q, %q", names, values)
	}
	var elements []string
	for value := range Elements([]byte(values[0])) {
		elements = append(elements, string(value))
	}
	if len(elements) != 3 || elements[0] != "1" || elements[1] != `{"b":"]}"}` || elements[2] != `"x\""` {
		t.Errorf("got %q", elements)
	}
	for range Elements([]byte("[ ]")) {
		t.Error("an empty array has an element")
	}
	for range Members([]byte("{ }")) {
		t.Error("an empty object has a member")
	}
}

func TestWalkEndsWhereItsUserStops(t *testing.T) {
	for _, value := range Members([]byte(`{"a":1,"b":2}`)) {
		if string(value) == "1" {
			break
		}
		t.Error("went on")
	}
	for value := range Elements([]byte(`[1,2]`)) {
		if string(value) == "1" {
			break
		}
		t.Error("went on")
	}
}

func TestTextIsWholeOrNone(t *testing.T) {
	for raw, want := range map[string]string{`"ab"`: "ab", `"\u0061"`: "a", `"abc"`: "", `""`: "", "12": "", "": "", `"\ud800"`: ""} {
		if got := Text([]byte(raw), 2); got != want {
			t.Errorf("%s: got %q, want %q", raw, got, want)
		}
	}
}

// FuzzWalk holds the walk against encoding/json's.
func FuzzWalk(f *testing.F) {
	f.Add([]byte(`[1,{"a":[]}," ]\"",null , -1e5]`))
	f.Add([]byte(`[ ]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var want []json.RawMessage
		if !IsJSON(text) || text[0] != '[' || json.Unmarshal(text, &want) != nil {
			return
		}
		i := 0
		for got := range Elements(text) {
			if i >= len(want) || string(got) != string(want[i]) {
				t.Fatalf("%q: element %d is %q", text, i, got)
			}
			i++
		}
		if i != len(want) {
			t.Errorf("%q: got %d elements, want %d", text, i, len(want))
		}
	})
}
