(** The axioms on which the development rests: one tuple of all main theorems,
    and its assumptions.  Only the classical axioms of the real numbers of the
    standard library, functional extensionality and excluded middle may appear. *)

From Conditioning Require Import Series Lemma22 Lemma23 Depth Lemma25 Matrices
  Spectral Lemma24 Theorem2 Corollary3 Composition Sharper Tangent TangentSteps
  LeastSquares Logarithms Theorem8 Corollary9 Relu Duals.

Definition all_theorems :=
  ( (* one layer *)
    lemma22, lemma22_converse,
    lemma23_a, lemma23_b, lemma23_b', lemma23_c, lemma23_d, lemma23_d', lemma23,
    (* depth *)
    L0_Z, L0_reached, L0_not_reached, L0_characterisation, L0_big_O,
    lemma6_before, lemma6_after, lemma6, B_range,
    (* the derivative *)
    D_1_ge_1, D_1_ge_mu, lemma10_a, lemma10_b, lemma10_c, lemma10_e, lemma10_f, lemma10_g,
    lemma10_abs, lemma10_sharper, lemma10,
    telescoping_normalized, telescoping_slope, is_derive_sigma_hat,
    (* matrices *)
    gram_entry_le_1, schur_product, psd_hadamard_pow, gershgorin,
    lambda_max_is_lub, lambda_min_is_glb, eigenvalue_between, kappa_le,
    lambda_min_eigenvalue, lambda_max_eigenvalue, extreme_eigenvalues,
    lemma24_a, lemma24_b, lemma24_c, psd_entrywise_PSeries,
    lemma24_preserves, lemma24,
    assumption2_implies_1, stochastic_compose, PSeries_compose, iter_stochastic,
    theorem2_part1, theorem2_part2, theorem2_part2_lambda_min,
    L1_Z, corollary3_a, corollary3_b, corollary3_b', corollary3_c, corollary3_d,
    corollary3_e, corollary3_f, corollary3_g, corollary3_g', corollary3_rates,
    B_excess, pow_L0_le,
    corollary3_part1, corollary3_part2,
    (* sharper *)
    corollary3_part1_sharp, corollary3_part1_no_n, corollary3_part2_beyond_L0,
    one_layer_odds, lemma6_sharper, theorem2_part2_sharper, theorem2_part2_sharper_lambda_min,
    corollary3_part1_sharper, corollary3_part2_sharper, kappa_equicorrelated,
    (* the tangent kernel *)
    B_real_INR, theorem8_a, theorem8_a_geometric, theorem8_b, theorem8_f,
    theorem8_diag, theorem8_part1, theorem8_part2,
    L2_Z, corollary9_a, corollary9_b, corollary9_d, corollary9_part1_sharper,
    corollary9_part1, corollary9_part2_amended, corollary9_step_i_fails,
    odds_next, dominated, half, odds_le_half, preserves_psd_T, T_discs, T_largest, T_least,
    T_condition_1, T_condition_2, T_condition_a, T_condition_d,
    B_half_ge, one_term, formula_2, partial_le,
    (* least squares *)
    mean_square, contraction, orthogonal, excess_loss, balanced_term,
    bernstein_exponent, few_eigenvalues, interpolation, greatest_beyond_L1, least_beyond_L1,
    deep_enough, small_lambda, weak_learner, partial_sums,
    (* the ReLU *)
    relu_normalized, relu_nonlinear, relu_mu, relu_dual, relu_finite_slope,
    relu_D, relu_D_1,
    (* other activations *)
    hermite_is_dual, polynomial_is_dual, exp_is_dual, sin_is_dual, cos_is_dual,
    arcsine_is_dual, mixture_is_dual, relu_is_dual, lemma6_closed_form,
    corollary3_part1_closed_form, corollary3_part2_closed_form ).

Print Assumptions all_theorems.
