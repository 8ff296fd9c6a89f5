package world

import (
	"testing"

	"github.com/agentscaler/scaler"
)

// The step of a recipe step is the recipe step, and no rows of its own beside it.
func TestAThingIsNoBelongingOfItself(t *testing.T) {
	tool := func(name, text, args string) scaler.Tool {
		return scaler.Tool{ID: scaler.ToolID(name), Name: name, Service: "kitchen", Description: text, Effect: scaler.Unknown,
			Parameters: []byte(`{"type": "object", "properties": {` + args + `}}`)}
	}
	w := build(t, "kitchen", []scaler.Tool{
		tool("get_recipe_steps", "Get steps for a specific recipe.", `"recipe_id": {"type": "string", "description": "Recipe ID"}`),
		tool("add_recipe_step", "Add a new step to a recipe.", `"recipe_id": {"type": "string"}, "name": {"type": "string", "description": "Name of the step"}`),
		tool("delete_recipe_step", "Delete a step from a recipe.", `"step_id": {"type": "string", "description": "The id of the step in the recipe step"}`),
		tool("reorder_recipe_steps", "Reorder steps in a recipe.", `"recipe_id": {"type": "string"}, "step_ids": {"type": "array", "items": {"type": "string"}, "description": "List of step IDs in the desired order"}`),
	})
	if _, ok := w.Schema.Table("steps"); ok {
		t.Errorf("steps are kept beside the recipe steps: %v", w.Schema.Tables)
	}
	recipes, _ := w.Schema.Table("recipes")
	if c, ok := recipes.Column("step_ids"); ok && c.Ref != "recipe_steps" {
		t.Errorf("a recipe's step_ids name rows of %q", c.Ref)
	}
}
